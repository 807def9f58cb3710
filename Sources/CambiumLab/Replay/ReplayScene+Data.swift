internal import CambiumCore
internal import Foundation

extension ReplayScene.Kind {
  /// A curve or a plane where the inputs are one or two numbers and there is one answer, or the class of a plane.
  init(for preprocessing: Preprocessing) {
    let isPlain = preprocessing.inputs.allSatisfy { $0.features.count == 1 && $0.isNumber }
    let target = preprocessing.target
    switch preprocessing.inputs.count {
    case 1 where isPlain && target.outputCount == 1: self = .curve
    case 2 where isPlain && (target.outputCount == 1 || !target.classNames.isEmpty): self = .plane
    default: self = .agreement
    }
  }
}

extension ReplayScene {
  /// The scene of some samples, of which the last `testCount` are test rows; nil where an axis has no extent.
  init?(_ kind: Kind, of samples: Dataset, testCount: Int, preprocessing: Preprocessing) {
    let target = preprocessing.target
    let observed: [Double] =
      switch preprocessing.predictions(from: samples.targets) {
      case .numbers(_, let values): values.column(0)
      case .classes(let predictions): predictions.classIndices.map(Double.init)
      }
    let features = preprocessing.features
    points = (0..<samples.sampleCount).map { row in
      func raw(_ input: Int) -> Double { features[input].raw(of: samples.features[row, input]) }
      return Point(
        x: (kind == .agreement ? observed[row] : raw(0)).rounded(toDigits: 4),
        y: (kind == .agreement ? 0 : kind == .plane ? raw(1) : observed[row]).rounded(toDigits: 4),
        value: observed[row].rounded(toDigits: 4), isTest: row >= samples.sampleCount - testCount)
    }
    let isClasses = !target.classNames.isEmpty
    let name = target.answerName
    let answer =
      isClasses
      ? Axis(name: name, lower: 0, upper: 1)
      : Axis(kind == .agreement ? "answer, \(name)" : name, holding: observed)
    let observedAxis =
      isClasses
      ? Axis(name: "observed class", lower: -0.5, upper: Double(target.classNames.count) - 0.5)
      : Axis("observed, \(name)", holding: observed)
    guard let answer,
      let horizontal = kind == .agreement ? observedAxis : Axis(features[0].name, holding: points.map(\.x)),
      let vertical = kind == .plane ? Axis(features[1].name, holding: points.map(\.y)) : answer
    else { return nil }
    self.kind = kind
    self.horizontal = horizontal
    self.vertical = vertical
    self.answer = answer
    classes = target.classNames
  }

  /// The encoded inputs at which a curve or a plane is drawn; nil of an agreement.
  func grid(of preprocessing: Preprocessing) throws -> Matrix? {
    let names = preprocessing.inputs.map(\.name)
    switch kind {
    case .agreement: return nil
    case .curve:
      let values = horizontal.values(at: (0..<Self.curveSize).map { Double($0) / Double(Self.curveSize - 1) })
      return try preprocessing.features(
        from: Table(columns: [.init(name: names[0], values: .numbers(NumberColumn(values)))]))
    case .plane:
      let size = Self.gridSize
      let middles = (0..<size).map { (Double($0) + 0.5) / Double(size) }
      let (x, y) = (horizontal.values(at: middles), vertical.values(at: middles))
      let cells = 0..<size * size
      return try preprocessing.features(
        from: Table(columns: [
          .init(name: names[0], values: .numbers(NumberColumn(cells.map { x[$0 % size] }))),
          .init(name: names[1], values: .numbers(NumberColumn(cells.map { y[$0 / size] }))),
        ]))
    }
  }
}

extension ReplayScene.Axis {
  /// An axis that holds the values with a margin of a twentieth; nil where there are none or they are all one.
  fileprivate init?(_ name: String, holding values: [Double]) {
    guard let least = values.min(), let greatest = values.max() else { return nil }
    let margin = (greatest - least) / 20
    self.init(
      name: name, lower: (least - margin).rounded(toDigits: 4),
      upper: (greatest + margin).rounded(toDigits: 4))
    guard isSound else { return nil }
  }

  /// The values at shares of its length.
  fileprivate func values(at shares: [Double]) -> [Double] { shares.map { lower + (upper - lower) * $0 } }
}

extension TargetEncoding {
  /// What one output says.
  fileprivate var answerName: String {
    switch classNames.count {
    case 0: columnNames[0]
    case 2: "probability of \(classNames[1])"
    default: "probability of the right class"
    }
  }
}

extension InputEncoding {
  fileprivate var isNumber: Bool {
    guard case .numeric = self else { return false }
    return true
  }
}

extension EncodedFeature {
  /// The raw number of an encoded one.
  fileprivate func raw(of encoded: Double) -> Double {
    let value = scaling.restored(encoded)
    guard case .number(_, let logarithm?) = source else { return value }
    return logarithm.restored(value)
  }
}

extension Double {
  /// The number with so many significant digits; one that is not finite becomes 0.
  func rounded(toDigits digits: Int) -> Double {
    guard isFinite, self != 0 else { return 0 }
    return Double(String(format: "%.\(digits)g", self)) ?? 0
  }
}
