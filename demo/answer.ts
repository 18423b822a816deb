/** What is asked, and what the server answers. */
export const question = 'What is a millrace?'

const text =
  'A millrace is the swift channel that carries water to the wheel of a mill. Dug beside the river, it ' +
  'takes in whatever the river brings — flood, drought, ice — and gives the wheel one steady stream.\n\n' +
  'The Romans built them, the monks of Clairvaux built them again, and in Japan a 水車小屋 still hums beside ' +
  'the rice. When the sluice upstream slams shut, a good miller does not start over: he marks the last ' +
  'sack, waits for the water, and goes on with the next. Nothing is lost, nothing is ground twice.\n\n' +
  'That is all there is to it: the connection may break wherever it likes, even inside a character, ' +
  'and you read the sentence to its end.'

/** The answer as a model sends it: word by word. */
export const pieces: readonly string[] = text.match(/\s*\S+/gu) ?? []

/** Number of the piece (from 1) that the server breaks off inside: its characters are of three bytes each. */
export const cutPiece: number = 1 + pieces.findIndex((piece) => piece.includes('水'))
