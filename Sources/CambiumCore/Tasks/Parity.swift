extension SyntheticTask {
  /// Parity of as many bits as the number of rows asks for: 2 to the power of 1…16 rows are all patterns of so many
  /// bits; any other number is random patterns of 8 bits.
  public static let parity = SyntheticTask(
    name: "parity",
    summary: "whether an odd number of bits is 1; 2^B rows are all patterns of B bits (parity-B names B)",
    usualRowCount: 256
  ) { rows, random in
    let isPowerOfTwo = rows > 1 && rows & (rows - 1) == 0 && rows <= 1 << 16
    return patterns(bits: isPowerOfTwo ? rows.trailingZeroBitCount : 8, rows: rows, random: random)
  }

  /// Parity of 2…16 bits: 2 to that power rows are all patterns in counting order, any other number random ones.
  public static func parity(bits: Int) -> SyntheticTask {
    precondition((2...16).contains(bits), "2 to 16 bits")
    return SyntheticTask(
      name: "parity-\(bits)", summary: "whether an odd number of \(bits) bits is 1", usualRowCount: 1 << bits
    ) { rows, random in patterns(bits: bits, rows: rows, random: random) }
  }

  private static func patterns(bits: Int, rows: Int, random: RandomStream) -> Table {
    let generator = random.child("patterns").generator()
    let isComplete = rows == 1 << bits
    let cells = (0..<rows).map { row -> [Double] in
      let pattern = isComplete ? row : generator.index(below: 1 << bits)
      let inputs = (0..<bits).map { Double(pattern >> (bits - 1 - $0) & 1) }
      return inputs + [Double(pattern.nonzeroBitCount % 2)]
    }
    return Table(names: (1...bits).map { "x\($0)" } + ["parity"], rows: cells)
  }
}
