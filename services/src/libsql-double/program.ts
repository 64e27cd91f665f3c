import { wireServer } from './wire-server.ts'

// program FOLDER PORT TOKEN: ends with its parent, which holds the other end of its input.
const [folder = '.', port = '0', authToken = ''] = process.argv.slice(2)
wireServer({ folder, authToken }).listen(Number(port), '127.0.0.1', () => console.log('READY'))
process.stdin.resume().once('end', () => process.exit())
