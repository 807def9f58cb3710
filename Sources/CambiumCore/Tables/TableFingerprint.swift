extension Table {
  /// A short, stable name for the table's content: its columns' names and cells, whatever the file is called.
  /// 64 bits (FNV-1a of Fowler, Noll and Vo) as 16 hexadecimal digits: against accidents, not against forgery. O(cells), but
  /// of a tile file, which says it.
  public var fingerprint: String {
    if let knownFingerprint { return knownFingerprint }
    var hash = ContentHash()
    for column in columns {
      hash.add(column.name)
      switch column.values {
      case .numbers(let numbers):
        // All not-a-numbers mean the same: missing.
        numbers.forEachBlock { for number in $0 { hash.add(number.isNaN ? .max : number.bitPattern) } }
      case .texts(let texts):
        for text in texts { if let text { hash.add(text) } else { hash.add(UInt64.max) } }
      }
    }
    return hash.text
  }
}
