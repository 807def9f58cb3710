import CambiumCore

/// Numbers for the tests of the kernels.
enum KernelSamples {
  /// Sizes around those of vectors, blocks and tiles.
  static let sizes = [1, 7, 8, 9, 255, 256, 257, 511, 512, 513]

  static func numbers(_ count: Int, _ label: String) -> [Double] {
    let generator = RandomStream(seed: 11).child(label).generator()
    return (0..<count).map { _ in generator.gaussian() }
  }

  static func weights(_ count: Int) -> [Double] {
    let generator = RandomStream(seed: 12).generator()
    return (0..<count).map { _ in generator.uniform(from: 0.1, to: 3) }
  }

  static func matrix(_ rows: Int, _ columns: Int, _ label: String) -> Matrix {
    Matrix(rows: rows, columns: columns, values: numbers(rows * columns, label))
  }
}

/// True where both differ by less than the rounding of a sum of numbers of about that size.
func isClose(_ found: Double, _ wanted: Double, _ tolerance: Double = 1e-12) -> Bool {
  abs(found - wanted) <= tolerance * (1 + abs(wanted))
}

func isClose(_ found: [Double], _ wanted: [Double], _ tolerance: Double = 1e-12) -> Bool {
  found.count == wanted.count && zip(found, wanted).allSatisfy { isClose($0, $1, tolerance) }
}
