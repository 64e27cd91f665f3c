/** A tensor of an ONNX graph's edge: its name, its element type and its shape, in which a name stands for any number. */
export interface Edge {
  readonly name: string
  readonly type: 'float32' | 'int64' | 'string'
  readonly shape: readonly (number | string)[]
}

interface Node {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly integers?: Readonly<Record<string, number>>
}

export interface Graph {
  readonly inputs: readonly Edge[]
  readonly outputs: readonly Edge[]
  readonly nodes: readonly Node[]
  readonly constants: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array | BigInt64Array }>>
}

const elementTypes = { float32: 1, int64: 7, string: 8 } as const

/** Writes an ONNX model (operator set 18) by the field numbers of `onnx.proto`. */
export function onnxModel(graph: Graph): Uint8Array {
  const constants = Object.entries(graph.constants).map(([name, { shape, values }]) => {
    const type = values instanceof Float32Array ? elementTypes.float32 : elementTypes.int64
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    return message(5, [...shape.map((size) => integer(1, size)), integer(2, type), text(8, name), bytes(9, raw)])
  })
  const body = [
    ...graph.nodes.map(node),
    text(2, 'graph'),
    ...constants,
    ...graph.inputs.map((input) => edge(11, input)),
    ...graph.outputs.map((output) => edge(12, output)),
  ]
  return Uint8Array.from([...integer(1, 8), ...message(8, [text(1, ''), integer(2, 18)]), ...message(7, body)])
}

function node({ operator, inputs, outputs, integers = {} }: Node): readonly number[] {
  const attributes = Object.entries(integers).map(([name, value]) => message(5, [text(1, name), integer(3, value), integer(20, 2)]))
  return message(1, [...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(4, operator), ...attributes])
}

function edge(field: number, { name, type, shape }: Edge): readonly number[] {
  const sizes = shape.map((size) => message(1, [typeof size === 'number' ? integer(1, size) : text(2, size)]))
  return message(field, [text(1, name), message(2, [message(1, [integer(1, elementTypes[type]), message(2, sizes)])])])
}

function message(field: number, parts: readonly (readonly number[])[]): readonly number[] {
  return bytes(field, Uint8Array.from(parts.flat()))
}

function text(field: number, value: string): readonly number[] {
  return bytes(field, new TextEncoder().encode(value))
}

function bytes(field: number, value: Uint8Array): readonly number[] {
  return [...variableLength((field << 3) | 2), ...variableLength(value.length), ...value]
}

function integer(field: number, value: number): readonly number[] {
  return [...variableLength(field << 3), ...variableLength(value)]
}

function variableLength(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variableLength(value >>> 7)]
}
