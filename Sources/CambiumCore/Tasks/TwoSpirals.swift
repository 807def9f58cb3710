extension SyntheticTask {
  /// Two interlocked spirals, one class each (Lang and Witbrock 1988, as Fahlman and Lebiere 1990 used them).
  ///
  /// Point i = 0…96 of class 0 is (r sin φ, r cos φ) with φ = iπ/16 and r = 6.5 (104 − i) / 104; class 1 is its mirror
  /// image through the origin. 194 rows are exactly these points; another number spreads its points evenly over the
  /// same curve. The rows alternate between the classes.
  public static let twoSpirals = SyntheticTask(
    name: "two-spirals", summary: "two interlocked spirals, 194 points in the plane, two classes",
    usualRowCount: 194
  ) { rows, _ in spirals(rows: rows, shift: 0) }

  /// ``twoSpirals`` with i larger by 0.1: points between the training points, to test on.
  public static let shiftedTwoSpirals = SyntheticTask(
    name: "two-spirals-shifted", summary: "points of the same two spirals, a tenth of a step further",
    usualRowCount: 194
  ) { rows, _ in spirals(rows: rows, shift: 0.1) }

  private static func spirals(rows: Int, shift: Double) -> Table {
    let pointsOfFirst = (rows + 1) / 2
    let points = (0..<rows).map { row -> [Double] in
      // 97 points of a class are i = 0…96 without rounding: 96 k / 96.
      let i = pointsOfFirst > 1 ? 96 * Double(row / 2) / Double(pointsOfFirst - 1) + shift : shift
      let angle = i * Double.pi / 16
      let radius = 6.5 * (104 - i) / 104
      let sign: Double = row % 2 == 0 ? 1 : -1
      return [sign * radius * sine(angle), sign * radius * cosine(angle), Double(row % 2)]
    }
    return Table(names: ["x", "y", "class"], rows: points)
  }
}
