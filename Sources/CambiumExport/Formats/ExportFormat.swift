internal import Cambium
internal import CambiumCore

/// What a model can be exported as.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// A header of C99, without allocation and libraries but `math.h`.
  case c
  /// A file of Swift, without dependencies.
  case swift
  /// A module of Python that needs NumPy alone.
  case python
  /// A graph of plain operators for ONNX runtimes.
  case onnx
  /// A module of Python that states the formulas as SymPy expressions.
  case sympy
  /// The formulas for a paper.
  case latex
  /// The graph of units and connections, for Graphviz.
  case dot
  /// The same, drawn.
  case svg

  /// What it is, in one line.
  public var summary: String {
    switch self {
    case .c: "a C99 header: no allocation, only math.h"
    case .swift: "a Swift file without dependencies"
    case .python: "a Python module that needs NumPy alone"
    case .onnx: "a graph of plain operators for ONNX runtimes"
    case .sympy: "a Python module with the formulas as SymPy expressions"
    case .latex: "formulas for a paper"
    case .dot: "the graph of units and connections, for Graphviz"
    case .svg: "the same graph, drawn by Graphviz's dot"
    }
  }
}

/// How a model is exported.
public struct ExportOptions: Sendable {
  /// The type of the numbers that exported programs and graphs take, give and compute with.
  public enum Precision: String, CaseIterable, Sendable {
    /// float32 numbers go in and come out, and answers are those of float64 to 1e-6 of the largest: what lies between is
    /// float32 where that keeps to it, and float64 in networks that are too deep (see ``ExportOptions/Precision/floatOnly``).
    case float
    /// float32 everywhere, whatever it costs. Units that read one another pass on their rounding, and each may magnify it:
    /// 1.8e-5 was seen of a cascade 40 units deep.
    case floatOnly = "float-only"
    /// float64 everywhere.
    case double
  }

  /// What functions, types and the graph are named after: letters, digits and underscores, made of any text.
  public var name: String
  /// The numbers' type; nil for what is usual in a format: float for ONNX, double elsewhere.
  public var precision: Precision?
  /// How many significant digits formulas have; nil for the format's default: four in LaTeX, all elsewhere.
  public var digits: Int?
  /// What formulas say beside where they come from, a line each.
  public var remarks: [String]

  /// Makes options.
  public init(name: String = "model", precision: Precision? = nil, digits: Int? = nil, remarks: [String] = [])
  {
    self.name = name
    self.precision = precision
    self.digits = digits
    self.remarks = remarks
  }
}

/// Writes models for other programs.
public enum ModelExport {
  /// The bytes of a file of `format` that gives the model's answers.
  ///
  /// Grown networks have every format. Of a committee of them programs and the ONNX graph give the mean of its
  /// members; formulas and drawings are of single networks. For ``ExportFormat/svg`` the bytes are those of
  /// ``ExportFormat/dot``, which `dot -Tsvg` draws.
  ///
  /// - Throws: `InputError` that says what the format cannot express: a learner, a committee, a precision.
  public static func bytes(of model: Model, as format: ExportFormat, options: ExportOptions) throws -> [UInt8]
  {
    let plan = try ExportPlan(model: model, name: options.name)
    func types(_ usual: ExportOptions.Precision) -> NumberTypes {
      NumberTypes(of: plan, precision: options.precision ?? usual)
    }
    func checkPrecision() throws {
      guard let precision = options.precision, precision != .double else { return }
      throw InputError(
        .usage, found: "\(format.rawValue) with numbers of type \(precision.rawValue)",
        expected: "double, or the format c, swift, python or onnx")
    }
    func network() throws -> Network {
      guard plan.networks.count == 1 else {
        throw InputError(
          .content, found: "a committee of \(plan.networks.count) networks",
          expected:
            "a single network for the format \(format.rawValue); cambium grow --condense makes one of them")
      }
      return plan.networks[0]
    }
    switch format {
    case .c: return Array(CSource(plan: plan, types: types(.double)).text.utf8)
    case .swift: return Array(SwiftSource(plan: plan, types: types(.double)).text.utf8)
    case .python: return Array(PythonSource(plan: plan, types: types(.double)).text.utf8)
    case .onnx:
      let model = ONNXModel(plan: plan, types: types(.float))
      return try ONNXFile(graph: model.graph, documentation: model.documentation, metadata: model.metadata)
        .bytes()
    case .sympy:
      try checkPrecision()
      return Array(SymPySource(plan: plan, network: try network(), digits: options.digits).text.utf8)
    case .latex:
      try checkPrecision()
      let source = LaTeXSource(
        plan: plan, network: try network(), digits: options.digits ?? 4, remarks: options.remarks)
      return Array(source.text.utf8)
    case .dot, .svg:
      try checkPrecision()
      return Array(DOTSource(plan: plan, network: try network()).text.utf8)
    }
  }
}
