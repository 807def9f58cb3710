/// A dense matrix of `Double`, stored column after column.
public struct Matrix: Sendable, Equatable, Codable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, column after column: entry (i, j) is `values[i + j * rows]`.
  public var values: [Double]

  /// A matrix of zeros, or of another value.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, values: [Double](repeating: value, count: rows * columns))
  }

  /// A matrix of the given entries, column after column; `values.count` is `rows * columns`.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "matrix shape")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The entry in row `i`, column `j`.
  public subscript(i: Int, j: Int) -> Double {
    get { values[i + j * rows] }
    set { values[i + j * rows] = newValue }
  }

  /// Column `j`, copied.
  public func column(_ j: Int) -> [Double] { Array(values[j * rows..<(j + 1) * rows]) }

  /// Some of the rows in order.
  package func rows(_ range: Range<Int>) -> Matrix {
    var part: [Double] = []
    part.reserveCapacity(range.count * columns)
    for j in 0..<columns { part += values[j * rows + range.lowerBound..<j * rows + range.upperBound] }
    return Matrix(rows: range.count, columns: columns, values: part)
  }

  /// The given rows, in the given order; a row may be asked for more than once.
  public func selectingRows(_ indices: [Int]) -> Matrix {
    precondition(indices.allSatisfy((0..<rows).contains), "rows of the matrix")
    let picked = [Double](unsafeUninitializedCapacity: indices.count * columns) { buffer, written in
      values.withUnsafeBufferPointer { values in
        indices.withUnsafeBufferPointer { indices in
          for j in 0..<columns {
            let (from, to) = (j * rows, j * indices.count)
            for k in indices.indices { buffer[to + k] = values[from + indices[k]] }
          }
        }
      }
      written = indices.count * columns
    }
    return Matrix(rows: indices.count, columns: columns, values: picked)
  }

  /// These rows and then those of a matrix of as many columns.
  public func appendingRows(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "matrices of different columns")
    var joined: [Double] = []
    joined.reserveCapacity(values.count + other.values.count)
    for j in 0..<columns { joined += column(j) + other.column(j) }
    return Matrix(rows: rows + other.rows, columns: columns, values: joined)
  }
}
