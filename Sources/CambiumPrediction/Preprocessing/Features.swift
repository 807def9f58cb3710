/// The encoded inputs of samples, N × d: as a matrix; or, of large tables, encoded anew from the table's own numbers
/// whenever rows of them are asked for.
///
/// The second takes the memory of the table's columns alone, which ``NumberColumn`` keeps narrow, and both give the
/// same bits.
public struct Features: Sendable {
  private enum Storage: Sendable {
    case matrix(Matrix)
    /// Rows of a matrix that are looked up when they are asked for.
    case viewed(Matrix, rows: [Int32])
    /// Encoded from a table: all of its rows where `rows` is nil.
    case encoded([EncodedColumn], rows: [Int32]?)
  }

  /// The most values that are kept as a matrix: 32 MiB.
  public static let largestMatrixCount = 1 << 22
  /// The same of some rows of a table that is read from a file, where each would be looked for again: 128 MiB.
  static let largestReadCount = 1 << 24

  /// N.
  public let rowCount: Int
  /// d.
  public let columnCount: Int
  private let storage: Storage

  /// Inputs that are encoded already.
  public init(_ matrix: Matrix) {
    rowCount = matrix.rows
    columnCount = matrix.columns
    storage = .matrix(matrix)
  }

  /// The given rows, or all, of columns that have `tableRowCount`: a matrix where that is small.
  init(
    encoding columns: [EncodedColumn], tableRowCount: Int, rows: [Int]?, largestMatrixCount: Int,
    workers: WorkerPool? = nil
  ) {
    rowCount = rows?.count ?? tableRowCount
    columnCount = columns.count
    let encoded = Storage.encoded(columns, rows: rows.map { $0.map(Int32.init) })
    let most =
      rows != nil && largestMatrixCount > 0 ? Self.largestCount(ofRowsOf: columns) : largestMatrixCount
    storage =
      rowCount * columns.count <= most
      ? .matrix(Self.matrix(rowCount, columns.count, encoded, workers)) : encoded
  }

  /// The most values of some rows of a table that are kept.
  private static func largestCount(ofRowsOf columns: [EncodedColumn]) -> Int {
    columns.contains { $0.isInFile } ? largestReadCount : largestMatrixCount
  }

  /// Whether they are kept as a matrix, and not encoded anew whenever they are asked for.
  public var isMatrix: Bool {
    if case .encoded = storage { false } else { true }
  }

  /// Whether who reads them again and again does well to keep them: rows that have to be looked for, and not very many.
  package var areToBeKept: Bool {
    switch storage {
    case .matrix, .viewed: true
    case .encoded(let columns, let rows):
      rows != nil && rowCount * columnCount <= Self.largestCount(ofRowsOf: columns)
    }
  }

  /// All of them as a matrix. Free where they are one, else O(N d) in time and memory.
  public var matrix: Matrix {
    if case .matrix(let matrix) = storage { return matrix }
    return Self.matrix(rowCount, columnCount, storage)
  }

  /// Some of the rows in order, as a matrix.
  public func matrix(ofRows rows: Range<Int>) -> Matrix {
    var part = Matrix(rows: rows.count, columns: columnCount)
    part.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      copy(rows, to: base, stride: rows.count)
    }
    return part
  }

  /// Writes some rows, column after column, each `stride` values after the last; nothing where a column is not `wanted`.
  public func copy(
    _ rows: Range<Int>, to values: UnsafeMutablePointer<Double>, stride: Int,
    wanted: (Int) -> Bool = { _ in true }
  ) {
    for j in 0..<columnCount where wanted(j) { Self.copy(storage, rows, column: j, to: values + j * stride) }
  }

  /// Column `j`.
  public func column(_ j: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: rowCount) { buffer, written in
      if let base = buffer.baseAddress { Self.copy(storage, 0..<rowCount, column: j, to: base) }
      written = rowCount
    }
  }

  /// Column `j` of the given rows, in the given order. O(rows picked).
  public func column(_ j: Int, rows picked: [Int]) -> [Double] {
    switch storage {
    case .matrix(let matrix): return picked.map { matrix[$0, j] }
    case .viewed(let matrix, let rows): return picked.map { matrix[Int(rows[$0]), j] }
    case .encoded(let columns, let rows):
      guard let rows else { return columns[j].values(of: picked) }
      return columns[j].values(of: picked.map { Int(rows[$0]) })
    }
  }

  /// The given rows, in the given order; a row may be asked for more than once.
  public func selecting(_ picked: [Int], workers: WorkerPool? = nil) -> Features {
    switch storage {
    case .matrix(let matrix): return Features(matrix.selectingRows(picked))
    case .viewed(let matrix, let rows):
      return Features(matrix.selectingRows(picked.map { Int(rows[$0]) }))
    case .encoded(let columns, let rows):
      return Features(
        encoding: columns, tableRowCount: 0,
        rows: rows.map { rows in picked.map { Int(rows[$0]) } } ?? picked,
        largestMatrixCount: Self.largestMatrixCount, workers: workers)
    }
  }

  /// The same, looked up whenever they are asked for: for who asks seldom, or keeps what it asked for.
  package func viewing(_ picked: [Int]) -> Features {
    switch storage {
    case .matrix(let matrix): return Features(viewing: matrix, rows: picked.map(Int32.init))
    case .viewed(let matrix, let rows): return Features(viewing: matrix, rows: picked.map { rows[$0] })
    case .encoded(let columns, let rows):
      return Features(
        encoding: columns, tableRowCount: 0,
        rows: rows.map { rows in picked.map { Int(rows[$0]) } } ?? picked,
        largestMatrixCount: 0)
    }
  }

  private init(viewing matrix: Matrix, rows: [Int32]) {
    precondition(rows.allSatisfy { (0..<matrix.rows).contains(Int($0)) }, "rows of the matrix")
    (rowCount, columnCount, storage) = (rows.count, matrix.columns, .viewed(matrix, rows: rows))
  }

  /// These rows and then others of as many columns.
  public func appending(_ other: Features) -> Features {
    if case .encoded(let columns, let rows) = storage, case .encoded(let others, let more) = other.storage,
      zip(columns, others).allSatisfy({ $0.isSame(as: $1) })
    {
      let first = rows?.map(Int.init) ?? Array(0..<rowCount)
      let second = more?.map(Int.init) ?? Array(0..<other.rowCount)
      return Features(encoding: columns, tableRowCount: 0, rows: first + second, largestMatrixCount: 0)
    }
    return Features(matrix.appendingRows(of: other.matrix))
  }

  private static func matrix(
    _ rowCount: Int, _ columnCount: Int, _ storage: Storage, _ workers: WorkerPool? = nil
  ) -> Matrix {
    var matrix = Matrix(rows: rowCount, columns: columnCount)
    matrix.values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let base = start
      let own = workers?.presentTeam?.part(of: columnCount) ?? 0..<columnCount
      func write(_ place: Int) {
        let j = own.lowerBound + place
        copy(storage, 0..<rowCount, column: j, to: base + j * rowCount)
      }
      if let workers { workers.forEach(own.count, write) } else { (0..<own.count).forEach(write) }
    }
    if let team = workers?.presentTeam {
      team.complete(&matrix.values) { rank in
        let columns = team.part(of: columnCount, for: rank)
        return columns.lowerBound * rowCount..<columns.upperBound * rowCount
      }
    }
    return matrix
  }

  private static func copy(
    _ storage: Storage, _ rows: Range<Int>, column j: Int, to values: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .matrix(let matrix):
      matrix.values.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return }
        values.update(from: base + j * matrix.rows + rows.lowerBound, count: rows.count)
      }
    case .viewed(let matrix, let picked):
      for (place, row) in picked[rows].enumerated() { values[place] = matrix[Int(row), j] }
    case .encoded(let columns, let picked):
      guard let picked else { return columns[j].copy(rows, to: values) }
      columns[j].copy(rowsAt: picked[rows], to: values)
    }
  }
}
