/// The types of an exported program's numbers.
struct NumberTypes {
  enum Real { case float, double }

  /// Of those that go in and come out.
  let outer: Real
  /// Of those that it computes with.
  let inner: Real

  /// Float32 arithmetic may differ by half of the 1e-6 that is promised, since data may be worse than samples that are drawn.
  static let mostRounding = 5e-7

  init(of plan: ExportPlan, precision: ExportOptions.Precision) {
    outer = precision == .double ? .double : .float
    inner =
      switch precision {
      case .double: .double
      case .floatOnly: .float
      case .float: FloatRounding(of: plan).difference <= Self.mostRounding ? .float : .double
      }
  }

  /// What a program says of itself where the types differ.
  var remark: [String] {
    outer == inner
      ? []
      : ["It computes in float64: in float32 answers might be off by more than 1e-6 of the largest."]
  }
}
