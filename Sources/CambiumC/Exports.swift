// Functions have the header's names.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CambiumCore
internal import CambiumExport
internal import CCambium

/// How a caller wants a model exported.
private struct Options: Decodable {
  var name: String?
  var precision: String?
  var digits: Int?
}

/// A model for other programs.
@c @implementation
public func cambium_model_export(
  _ model: OpaquePointer?, _ format: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int64>?, _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafeMutablePointer<UInt8>? {
  reporting(to: error, or: nil) {
    let handle: ModelHandle = Handle.object(try given(model, "model"))
    let count = try given(count, "count")
    let format = try choice(ExportFormat.self, try given(text(format, "format"), "format"), "a format")
    guard format != .svg else {
      throw InputError(.usage, found: "the format svg", expected: "dot, which Graphviz draws: dot -Tsvg")
    }
    let wanted = try text(options, "options").map {
      try JSONArguments.decode(Options.self, from: $0, named: "options")
    }
    if let digits = wanted?.digits, !(1...17).contains(digits) {
      throw InputError(.usage, found: "\(digits) digits", expected: "a number from 1 to 17")
    }
    let bytes = try ModelExport.bytes(
      of: handle.model, as: format,
      options: ExportOptions(
        name: wanted?.name ?? "model",
        precision: try wanted?.precision.map { try choice(ExportOptions.Precision.self, $0, "a precision") },
        digits: wanted?.digits))
    count.pointee = Int64(bytes.count)
    return CallerMemory.bytes(bytes)
  }
}

private func choice<Choice: CaseIterable & RawRepresentable>(
  _ type: Choice.Type, _ word: String, _ noun: String
) throws -> Choice where Choice.RawValue == String {
  guard let choice = Choice(rawValue: word) else {
    throw InputError(
      .usage, found: "\"\(word)\"",
      expected: NearMiss.expectation(noun, for: word, among: type.allCases.map(\.rawValue)))
  }
  return choice
}
