/** What the miller says. A model would go here. */
export function answerTo(prompt: string): readonly string[] {
  const question = prompt.trim().replace(/[?.!]*$/, '')
  const opening = `You asked: “${question}”. `
  const text = topics.find(({ about }) => about.test(prompt))?.text ?? millrace
  return (opening + text).split(/(?<=\s)/)
}

const millrace =
  'A millrace is the channel that leads water to the wheel of a mill, and away from it again. ' +
  'The part before the wheel is the headrace, the part behind it the tailrace. ' +
  'A sluice at its head sets how much water comes: the river may rise or fall, the wheel turns evenly. ' +
  'When the sluice drops by accident the channel runs dry, but the river does not stop. ' +
  'Open it again, and the water goes on from where it is. That is all there is to resuming: ' +
  'somebody must know where you were, and you must say it when you come back.'

const topics = [
  {
    about: /wheel|power|energy/i,
    text:
      'An overshot wheel takes the water at its top and uses its weight: up to 85 % of the energy arrives at the axle. ' +
      'An undershot wheel stands in the stream and uses its speed alone, 25 to 35 %. ' +
      'A fall of three metres with 200 litres a second gives about 5 kW, day and night, ' +
      'which is enough to grind 150 kg of grain in an hour.',
  },
]
