import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

@Suite struct NumberTypesTests {
  /// A chain of squares, each of which doubles the relative error of the one before.
  private static func chain(_ length: Int) throws -> Model {
    let table = try Table.parse("a,y\n1,0.1\n2,0.7\n4,0.3\n8,0.9\n", file: "data.csv")
    let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
    let units = (0..<length).map { unit in
      Network.Unit(
        activation: .square,
        connections: [.init(source: 0, weight: -1), .init(source: unit == 0 ? 1 : 1 + unit, weight: 1)],
        range: 0...2, offset: 0, scale: 1, prunedConnections: 0)
    }
    let rows = 2 + length
    let network = try #require(
      Network(
        inputCount: 1, units: units,
        readout: Matrix(rows: rows, columns: 1, values: (0..<rows).map { $0 == rows - 1 ? 1 : 0 }),
        task: .regression, outputRanges: [-3...3]))
    return Model(
      learner: "grown",
      provenance: Provenance(
        data: "data.csv", fingerprint: "", rows: 4, seed: 1, spec: .object([:]), tolerance: 0.1),
      preprocessing: preprocessing, predictor: network)
  }

  private static func types(_ model: Model, _ precision: ExportOptions.Precision) throws -> NumberTypes {
    NumberTypes(of: try ExportPlan(model: model, name: "model"), precision: precision)
  }

  @Test func deepNetworksAreComputedInFloat64() throws {
    let shallow = try Self.types(Self.chain(1), .float)
    #expect(shallow.outer == .float && shallow.inner == .float)
    let deep = try Self.types(Self.chain(20), .float)
    #expect(deep.outer == .float && deep.inner == .double)
    #expect(try Self.types(Self.chain(20), .floatOnly).inner == .float)
    #expect(try Self.types(Self.chain(1), .double).outer == .double)
  }

  @Test func programsSayWhatTheyComputeWith() throws {
    for format in [ExportFormat.c, .swift, .python] {
      let deep = try ExportSamples.text(Self.chain(20), format, ExportOptions(precision: .float))
      #expect(deep.contains("computes in float64"))
      let shallow = try ExportSamples.text(Self.chain(1), format, ExportOptions(precision: .float))
      #expect(!shallow.contains("computes in float64"))
    }
    let header = try ExportSamples.text(Self.chain(20), .c, ExportOptions(precision: .float))
    #expect(
      header.contains("const float *numbers") && header.contains("double x[1]") && header.contains("(float)(")
    )
  }

  /// Chains keep their numbers in 0…2, where float32 has steps of 1.2e-7 at most.
  @Test func oneUnitLosesAStepOrTwo() throws {
    let plan = try ExportPlan(model: Self.chain(1), name: "model")
    #expect(FloatRounding(of: plan).difference < 3e-7)
    #expect(FloatRounding(of: plan).difference > 0)
  }
}
