internal import CKernels

/// Columns and what each is multiplied by, listed to be added up together: a sum is then read and written once, and a single
/// row costs one call.
package struct WeightedColumns {
  private let factors: UnsafeMutablePointer<Double>
  private let columns: UnsafeMutablePointer<UnsafePointer<Double>?>
  private var count = 0

  /// Adds to `rows` values of `sum`, one after another, factor · column of all that `list` appends, at most so many.
  @inline(__always)
  package static func add(
    atMost capacity: Int, rows: Int, to sum: UnsafeMutablePointer<Double>,
    _ list: (inout WeightedColumns) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity) { factors in
      withUnsafeTemporaryAllocation(of: UnsafePointer<Double>?.self, capacity: capacity) { columns in
        guard let factors = factors.baseAddress, let columns = columns.baseAddress else { return }
        var all = WeightedColumns(factors: factors, columns: columns)
        list(&all)
        cambium_add_all_scaled(rows, all.count, factors, columns, sum)
      }
    }
  }

  private init(
    factors: UnsafeMutablePointer<Double>, columns: UnsafeMutablePointer<UnsafePointer<Double>?>
  ) {
    (self.factors, self.columns) = (factors, columns)
  }

  /// Lists one.
  @inline(__always)
  package mutating func append(_ factor: Double, _ column: UnsafePointer<Double>) {
    (factors + count).initialize(to: factor)
    (columns + count).initialize(to: column)
    count += 1
  }
}
