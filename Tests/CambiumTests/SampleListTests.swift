import CambiumCore
import Foundation
import Testing

@testable import Cambium

/// Lists of samples come back, however they are kept.
@Suite struct SampleListTests {
  @Test(arguments: [0, 1, 100, 5000])
  func samplesComeBack(count: Int) throws {
    let generator = RandomStream(seed: 2).generator()
    let rising = generator.sample(count, of: 3_000_000)
    let any = (0..<count).map { _ in generator.index(below: 1 << 30) << 10 }
    for samples in [rising, any, rising + rising] {
      let list = SampleList(samples)
      #expect(list.count == samples.count && list.samples == samples)
      let read = try JSONDecoder().decode([SampleList].self, from: JSONEncoder().encode([list]))
      #expect(read[0].samples == samples && read[0] == list)
    }
  }

  @Test func drawnOfManyAreDifferentAndRising() {
    let drawn = RandomStream(seed: 1).generator().sample(5000, of: 2_000_000)
    #expect(drawn.count == 5000 && zip(drawn, drawn.dropFirst()).allSatisfy { $0 < $1 })
    #expect((drawn.first ?? -1) >= 0 && (drawn.last ?? .max) < 2_000_000)
    // A fifth of the range has about a fifth of them.
    #expect(abs(drawn.count { $0 < 400_000 } - 1000) < 150)
  }
}
