extension SyntheticTask {
  /// The 16 fields of a board of 4 × 4, two classes in turns; points are even on 0…4 in both directions. No noise.
  public static let chessBoard = SyntheticTask(
    name: "chess-board", summary: "the fields of a board of 4 by 4, in two classes", usualRowCount: 1000
  ) { rows, random in
    classesOfPlaces(rows: rows, random) { x, y in Int(x) + Int(y) }
  }

  /// Rings half a unit wide about the middle of a square of 4 × 4, two classes in turns; points are even on 0…4 in both
  /// directions. No noise.
  public static let rings = SyntheticTask(
    name: "rings", summary: "rings about the middle of a square, in two classes", usualRowCount: 1000
  ) { rows, random in
    classesOfPlaces(rows: rows, random) { x, y in
      Int(2 * ((x - 2) * (x - 2) + (y - 2) * (y - 2)).squareRoot())
    }
  }

  /// Two interlocked spirals of three turns, each of a class, whose points are as dense everywhere; along the radius they
  /// scatter with a standard deviation of 0.6, where the spirals are π apart.
  public static let noisySpirals = SyntheticTask(
    name: "noisy-spirals", summary: "points that scatter about two interlocked spirals, two classes",
    usualRowCount: 1000
  ) { rows, random in
    let places = random.child("places").generator()
    let disturbance = random.child("noise").generator()
    let points = (0..<rows).map { _ -> [Double] in
      let isSecond = places.uniform() < 0.5
      let angle = 6 * Double.pi * places.uniform().squareRoot()
      let radius = (isSecond ? -1 : 1) * (angle + disturbance.gaussian(standardDeviation: 0.6))
      return [radius * cosine(angle), radius * sine(angle), isSecond ? 1 : 0]
    }
    return Table(names: ["x", "y", "class"], rows: points)
  }

  private static func classesOfPlaces(
    rows: Int, _ random: RandomStream, _ field: (_ x: Double, _ y: Double) -> Int
  ) -> Table {
    let places = random.child("places").generator()
    let points = (0..<rows).map { _ -> [Double] in
      let (x, y) = (places.uniform(from: 0, to: 4), places.uniform(from: 0, to: 4))
      return [x, y, Double(field(x, y) % 2)]
    }
    return Table(names: ["x", "y", "class"], rows: points)
  }
}
