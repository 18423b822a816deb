/** A task lasts at most so many ms where what is at hand takes longer; then timers and sockets get a turn. */
export const longestTask = 8
