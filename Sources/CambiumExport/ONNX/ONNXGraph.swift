/// A graph of ONNX operators in the making: nodes in order, constants, inputs and outputs.
struct ONNXGraph {
  /// The type of a tensor's elements; raw values as ONNX numbers them.
  enum ElementType: Int {
    case float = 1
    case int64 = 7
    case string = 8
    case double = 11

    /// The type of real numbers.
    init(_ real: NumberTypes.Real) { self = real == .double ? .double : .float }
  }

  /// A constant.
  struct Tensor {
    enum Values {
      case reals([Double])
      case integers([Int])
      case strings([String])
    }

    let name: String
    let dimensions: [Int]
    let values: Values
  }

  /// An operator at work.
  struct Node {
    let operation: String
    let inputs: [String]
    let output: String
    let attributes: [(name: String, value: Int)]
  }

  /// What goes in or comes out: a matrix of N rows, or a column of N values where `columns` is nil.
  struct Port {
    let name: String
    let type: ElementType
    let columns: Int?
  }

  let name: String
  /// The type of all real numbers of the graph, float or double.
  let real: ElementType
  private(set) var nodes: [Node] = []
  private(set) var constants: [Tensor] = []
  var inputs: [Port] = []
  var outputs: [Port] = []

  init(name: String, real: ElementType) {
    self.name = name
    self.real = real
  }

  /// Adds an operator; its output's name, which is new unless it is given.
  mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [(name: String, value: Int)] = [],
    named output: String? = nil
  ) -> String {
    let output = output ?? "\(operation)_\(nodes.count)"
    nodes.append(Node(operation: operation, inputs: inputs, output: output, attributes: attributes))
    return output
  }

  /// Numbers of another type, under a name of their own where one is given.
  mutating func converted(
    _ numbers: String, from: ElementType, to: ElementType, named name: String? = nil
  ) -> String {
    if from != to { return add("Cast", [numbers], [("to", to.rawValue)], named: name) }
    return name == nil ? numbers : add("Identity", [numbers], named: name)
  }

  /// Adds a row vector of reals.
  mutating func row(_ values: [Double]) -> String { matrix(1, values.count, values) }

  /// Adds one real number.
  mutating func scalar(_ value: Double) -> String { constant([], .reals([value])) }

  /// Adds a matrix of reals, row after row.
  mutating func matrix(_ rows: Int, _ columns: Int, _ values: [Double]) -> String {
    constant([rows, columns], .reals(values))
  }

  /// Adds a list of whole numbers.
  mutating func indices(_ values: [Int]) -> String { constant([values.count], .integers(values)) }

  /// Adds a constant.
  mutating func constant(_ dimensions: [Int], _ values: Tensor.Values) -> String {
    let name = "constant_\(constants.count)"
    constants.append(Tensor(name: name, dimensions: dimensions, values: values))
    return name
  }

  /// Matrices side by side; a single one itself.
  mutating func concatenated(_ parts: [String]) -> String {
    parts.count == 1 ? parts[0] : add("Concat", parts, [("axis", 1)])
  }

  /// Some columns of a matrix, in the given order.
  mutating func columns(_ columns: [Int], of matrix: String) -> String {
    add("Gather", [matrix, indices(columns)], [("axis", 1)])
  }

  /// x − values, a value a column. In float32 each value is taken off in two parts, so that its own rounding does not
  /// spoil a small difference of large numbers.
  mutating func subtracting(_ values: [Double], from x: String) -> String {
    let difference = add("Sub", [x, row(values)])
    guard real == .float else { return difference }
    let rests = values.map { $0 - Double(Float(clamping: $0)) }
    return rests.allSatisfy { $0 == 0 } ? difference : add("Sub", [difference, row(rests)])
  }

  /// Values kept between bounds, a pair a column.
  mutating func clipped(_ x: String, _ ranges: [ClosedRange<Double>]) -> String {
    let raised = add("Max", [x, row(ranges.map(\.lowerBound))])
    return add("Min", [raised, row(ranges.map(\.upperBound))])
  }
}
