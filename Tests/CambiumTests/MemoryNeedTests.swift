import CambiumCore
import Testing

@testable import Cambium

@Suite struct MemoryNeedTests {
  private static let data = Samples.regression(200)

  private static func need(_ change: (inout GrowthSpec) -> Void = { _ in }) -> MemoryNeed {
    var spec = GrowthSpec()
    change(&spec)
    return MemoryNeed(of: spec, data: data, holdOuts: 3)
  }

  @Test func defaultsOnSmallDataFitAnyMachine() throws {
    #expect(Self.need().bytes < 0x1p28)
    try Self.need().check()
  }

  @Test func moreOfAnythingNeedsMore() {
    let plain = Self.need().bytes
    #expect(Self.need { $0.restarts = 1000 }.bytes > plain)
    #expect(Self.need { $0.stopping.maximumUnits = 10_000 }.bytes > plain)
    #expect(Self.need { $0.training.precision = .float64 }.bytes > plain)
    #expect(Self.need { $0.distillation.mixedSamples = 100 }.bytes > plain)
    #expect(Self.need { $0.training.optimizer = .levenbergMarquardt }.bytes > plain)
    #expect(
      Self.need {
        $0.refinement.largestWeightCount = 20_000; $0.stopping.maximumUnits = 500
      }.bytes > plain)
    let more = MemoryNeed(of: GrowthSpec(), data: Samples.regression(4000), holdOuts: 3)
    #expect(more.bytes > plain)
  }

  @Test func tooMuchIsRefusedBeforeWorkAndTheKeyNamed() throws {
    let pool = Self.need {
      $0.restarts = 1000
      $0.stopping.maximumUnits = 10_000
      $0.refinement.every = 0
    }
    let error = try #require(throws: InputError.self) { try pool.check(available: 0x1p30) }
    #expect(error.kind == .content && error.location.column == "restarts")
    #expect(error.found.contains("GiB") && error.expected.contains("1.0 GiB"))
    let tuning = Self.need {
      $0.refinement.largestWeightCount = 20_000
      $0.stopping.maximumUnits = 1000
    }
    #expect(tuning.key == "refinement.largestWeightCount")
    try pool.check(available: 0x1p60)
  }
}
