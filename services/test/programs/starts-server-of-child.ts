import { startServerOfChild } from '../server-of-child.ts'

// Prints the port, and runs until it is killed.
const { port } = await startServerOfChild()
console.log(port)
