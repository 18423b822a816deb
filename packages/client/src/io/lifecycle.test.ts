import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { lifecycleOf, type LifecycleEvent } from './lifecycle.ts'

function followed() {
  const time = virtualTime()
  const told: string[] = []
  const lifecycle = lifecycleOf(time.runtime)
  const follower = {
    command: (event: LifecycleEvent) => {
      told.push(event.type === 'wake' ? `wake after ${event.slept} ms` : event.type)
    },
  }
  lifecycle.follow(follower)
  return { time, told, stop: () => lifecycle.leave(follower) }
}

test('a sleep of the machine is told as wake, once, within ten seconds after it', async () => {
  const { time, told, stop } = followed()
  await time.advance(25_000)
  expect(told).toEqual([])
  time.suspend(3_600_000)
  await time.advance(10_000)
  expect(told).toEqual(['wake after 3600000 ms'])
  await time.advance(60_000)
  expect(told).toEqual(['wake after 3600000 ms'])
  stop()
})

test('a wall clock that is put right by seconds, or back, is no sleep', async () => {
  const { time, told, stop } = followed()
  time.suspend(9_000)
  await time.advance(10_000)
  time.suspend(-3_600_000)
  await time.advance(10_000)
  expect(told).toEqual([])
  stop()
})

test('however many follow, there is one timer, and none when the last has stopped', async () => {
  const time = virtualTime()
  const told: number[] = []
  const lifecycle = lifecycleOf(time.runtime)
  const followers = Array.from({ length: 100 }, (_, n) => ({ command: () => void told.push(n) }))
  for (const follower of followers) lifecycle.follow(follower)
  expect(time.due).toHaveLength(1)
  for (const follower of followers.slice(1)) lifecycle.leave(follower)
  time.suspend(60_000)
  await time.advance(10_000)
  expect(told).toEqual([0])
  for (const follower of followers) lifecycle.leave(follower)
  expect(time.due).toEqual([])
})

test('a follower that leaves when it hears of a sleep, as the last one, leaves no timer', async () => {
  const time = virtualTime()
  const lifecycle = lifecycleOf(time.runtime)
  const follower = { command: () => lifecycle.leave(follower) }
  lifecycle.follow(follower)
  time.suspend(60_000)
  await time.advance(10_000)

  expect(time.due).toEqual([])
})
