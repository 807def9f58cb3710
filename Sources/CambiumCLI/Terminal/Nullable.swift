/// A value that JSON shows as `null` where there is none, or where it is a number that is not finite.
struct Nullable<Value: Encodable>: Encodable {
  /// The value.
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value, (value as? Double)?.isFinite ?? true {
      try container.encode(value)
    } else {
      try container.encodeNil()
    }
  }
}
