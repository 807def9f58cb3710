/// Which columns of units are kept while a network grows, of large data.
package enum UnitColumns: Sendable {
  /// All.
  case kept
  /// Those of the rows whose sums this process of a team finds; others are computed when they are read.
  case ofOwnRows
  /// None: they are computed when they are read.
  case computed

  /// The share of all their values that a process of so many keeps.
  func keptShare(processes: Int) -> Double {
    switch self {
    case .kept: 1
    case .ofOwnRows: 1 / Double(processes)
    case .computed: 0
    }
  }
}
