// Functions have the header's names.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CambiumCore
internal import CambiumExport
internal import CCambium

/// Reads the bytes of a model file.
@c @implementation
public func cambium_model_read(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int64, _ columns: UnsafePointer<CChar>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> OpaquePointer? {
  reporting(to: error, or: nil) {
    let start = try given(bytes, "bytes")
    guard (0...1 << 30).contains(count) else {
      throw InputError(.usage, found: "\(count) bytes", expected: "the bytes of a model file, 1 GiB at most")
    }
    let names = try text(columns, "columns").map {
      try JSONArguments.decode([String].self, from: $0, named: "columns")
    }
    return Handle.retained(
      try GrownModels.read(Array(UnsafeBufferPointer(start: start, count: Int(count))), columns: names))
  }
}

/// Frees a model.
@c @implementation
public func cambium_model_free(_ model: OpaquePointer?) { model.map(Handle.release) }

/// The bytes of a model file.
@c @implementation
public func cambium_model_bytes(
  _ model: OpaquePointer?, _ count: UnsafeMutablePointer<Int64>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafeMutablePointer<UInt8>? {
  reporting(to: error, or: nil) {
    let handle: ModelHandle = Handle.object(try given(model, "model"))
    let count = try given(count, "count")
    let bytes = try ModelFile.encode(handle.model)
    count.pointee = Int64(bytes.count)
    return CallerMemory.bytes(bytes)
  }
}

/// What a model is.
@c @implementation
public func cambium_model_describe(
  _ model: OpaquePointer?, _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error, or: nil) {
    CallerMemory.text(
      try JSONArguments.text(ModelDescription(of: Handle.object(try given(model, "model")))))
  }
}

/// What a model computes, for readers.
@c @implementation
public func cambium_model_explain(
  _ model: OpaquePointer?, _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error, or: nil) {
    let handle: ModelHandle = Handle.object(try given(model, "model"))
    return CallerMemory.text(Explanation.text(of: handle.model))
  }
}
