import Testing

@testable import CambiumCore

@Suite struct NearMissTests {
  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1), ("abc", "abc", 0),
    ("ca", "abc", 3),
  ])
  func editDistances(first: String, second: String, distance: Int) {
    #expect(NearMiss.editDistance(Array(first), Array(second)) == distance)
    #expect(NearMiss.editDistance(Array(second), Array(first)) == distance)
  }

  @Test func bestFirstAndFarOnesNever() {
    #expect(
      NearMiss.names(nearestTo: "logistc", among: ["log", "logistics", "logistic", "sin"]) == [
        "logistic", "logistics",
      ])
    #expect(NearMiss.names(nearestTo: "relu", among: ["cos", "gaussian"]).isEmpty)
  }
}
