import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Copy, DockerfileParser, Env, From, type Instruction, JSONInstruction, Workdir } from 'dockerfile-ast'
import { ignoredBy } from './docker-context.ts'

/** What a Dockerfile makes: a stage of it, or its image. */
export interface DockerImage {
  /** The folder that stands for `/`. */
  readonly folder: string
  /** Folders that the Dockerfile names, in any stage. */
  readonly places: readonly string[]
  /** The image of a registry that it is made from. */
  base: string
  env: Readonly<Record<string, string>>
  user: string
  workdir: string
  volumes: readonly string[]
  entrypoint: readonly string[]
  command: readonly string[]
  healthcheck: readonly string[]
}

/**
 * Follows a Dockerfile outside of a container: a stage is a folder, and its commands run with the paths of that folder instead of those they name.
 *
 * @param context the folder of the Dockerfile
 * @param folder one that is empty
 * @throws Error where a command fails, or an instruction is not understood
 */
export async function buildImage(context: string, folder: string): Promise<DockerImage> {
  const instructions = DockerfileParser.parse(readFileSync(join(context, 'Dockerfile'), 'utf8')).getInstructions()
  const ignored = ignoredBy(readFileSync(join(context, '.dockerignore'), 'utf8'))
  const places = instructions.flatMap((each) => {
    if (each instanceof Workdir) return [each.getArgumentsContent() ?? '']
    return each.getKeyword() === 'VOLUME' ? wordsOf(each) : []
  })
  const stages = new Map<string, DockerImage>()
  let stage: DockerImage | undefined
  for (const instruction of instructions) {
    if (instruction instanceof From) {
      const image = instruction.getImage() ?? ''
      stage = { ...(stages.get(image) ?? nothing), places, folder: join(folder, String(stages.size)) }
      if (!stages.has(image)) stage.base = image
      mkdirSync(stage.folder)
      stages.set(instruction.getBuildStage() ?? '', stage)
    } else if (stage !== undefined) await follow(instruction, stage)
  }
  if (stage === undefined) throw new Error('The Dockerfile makes nothing.')
  return stage

  async function follow(instruction: Instruction, into: DockerImage): Promise<void> {
    const content = instruction.getArgumentsContent() ?? ''
    if (instruction instanceof Workdir) {
      into.workdir = content
      mkdirSync(join(into.folder, content), { recursive: true })
    } else if (instruction instanceof Env) {
      into.env = { ...into.env, ...Object.fromEntries(instruction.getProperties().map((each) => [each.getName(), each.getValue() ?? ''])) }
    } else if (instruction instanceof Copy) {
      copy(instruction, into)
    } else {
      switch (instruction.getKeyword()) {
        case 'RUN':
          await run(content, into)
          break
        case 'USER':
          into.user = content
          break
        case 'VOLUME':
          into.volumes = wordsOf(instruction)
          break
        case 'ENTRYPOINT':
          into.entrypoint = wordsOf(instruction)
          break
        case 'CMD':
          into.command = wordsOf(instruction)
          break
        case 'HEALTHCHECK':
          into.healthcheck = JSON.parse(content.replace(/^CMD /, ''))
          break
        case 'EXPOSE':
          break
        default:
          throw new Error(`${instruction.getKeyword()} is not understood.`)
      }
    }
  }

  function copy(instruction: Copy, into: DockerImage): void {
    const stageName = instruction
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue()
    const [source = '', target = ''] = instruction.getArguments().map((argument) => argument.getValue())
    const to = join(into.folder, resolve(into.workdir, target))
    if (stageName) {
      // Nobody needs the other stage afterwards, and a copy of all these files would take long.
      renameSync(join(stages.get(stageName)?.folder ?? '', source), to)
      return
    }
    const from = join(context, source)
    cpSync(from, statSync(from).isDirectory() ? to : join(to, basename(from)), {
      ...{ recursive: true, verbatimSymlinks: true },
      filter: (path) => !ignored(relative(context, path)),
    })
  }
}

function wordsOf(instruction: Instruction): readonly string[] {
  return instruction instanceof JSONInstruction ? instruction.getJSONStrings().map((word) => word.getJSONValue()) : []
}

/** A text that names places of a container, with their folders instead. */
export function outside({ folder, places }: DockerImage, text: string): string {
  return text.replace(/(?<![\w.:/])\/[\w-]+/g, (path) => (places.includes(path) ? join(folder, path) : path))
}

const nothing = { base: '', env: {}, user: 'root', workdir: '/', volumes: [], entrypoint: [], command: [], healthcheck: [] }

/** Runs a command of a stage; what it printed is told when it fails. What npm installs for all is of the stage alone. */
async function run(command: string, stage: DockerImage): Promise<void> {
  const prefix = join(stage.folder, 'usr/local')
  const path = [join(prefix, 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter)
  const { NODE_ENV: _, NODE_OPTIONS: __, ...env } = process.env
  // What is in the lock file was fetched, and its age looked at, when the project was installed.
  const fromCache = { npm_config_prefer_offline: 'true', pnpm_config_minimum_release_age: '0' }
  try {
    await promisify(execFile)('sh', ['-c', outside(stage, command)], {
      cwd: join(stage.folder, stage.workdir),
      env: { ...env, ...stage.env, PATH: path, ...fromCache, CI: 'true', npm_config_prefix: prefix },
      maxBuffer: Infinity,
    })
  } catch (error) {
    const { stdout, stderr } = Object(error) as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`RUN ${command} failed:\n${stdout}\n${stderr}`)
  }
}
