import ArgumentParser
import CambiumPrediction

/// An amount of memory as it is written on a command line: `800M`, `1.5G`, or a number of megabytes.
struct MemorySize: ExpressibleByArgument, Equatable {
  let bytes: Double

  init?(argument: String) {
    let units: [Character: Double] = ["k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12]
    let unit = argument.last.flatMap { units[Character($0.lowercased())] }
    guard let number = Double(unit == nil ? argument : String(argument.dropLast())), number > 0,
      number.isFinite
    else { return nil }
    bytes = number * (unit ?? 1e6)
  }

  /// What of it is left for a fit beside what the program holds already, and some room for what is small.
  var left: Double { bytes - residentMemory() - 24e6 }
}
