internal import CambiumCore
internal import CCambium

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A place where a caller wants a text.
typealias TextPlace = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Memory that the caller owns, and gives back to `cambium_free`.
enum CallerMemory {
  /// A copy that ends with a zero byte; nil where there is no memory.
  static func text(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }

  /// A copy of bytes; nil where there is no memory.
  static func bytes(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
    guard let copy = malloc(max(1, bytes.count)) else { return nil }
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { memcpy(copy, start, bytes.count) }
    }
    return copy.assumingMemoryBound(to: UInt8.self)
  }

  static func free(_ memory: UnsafeMutableRawPointer?) {
    #if canImport(Glibc)
      Glibc.free(memory)
    #elseif canImport(Musl)
      Musl.free(memory)
    #else
      Darwin.free(memory)
    #endif
  }
}

/// What `body` returns; where it throws, `fallback`, and the error's words at the caller's place for them.
func reporting<Result>(to error: TextPlace?, or fallback: Result, _ body: () throws -> Result) -> Result {
  do {
    return try body()
  } catch let trouble {
    error?.pointee = CallerMemory.text("\(trouble)")
    return fallback
  }
}

/// What an argument points to.
///
/// - Throws: `InputError` where it is null.
func given<Value>(_ value: Value?, _ name: String) throws -> Value {
  guard let value else { throw InputError(.usage, found: "null for \(name)", expected: "a pointer") }
  return value
}

/// The text of an argument; nil for null.
///
/// - Throws: `InputError` where it is not UTF-8.
func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> String? {
  guard let pointer else { return nil }
  guard let text = String(validatingCString: pointer) else {
    throw InputError(.usage, found: "bytes for \(name) that are no text", expected: "UTF-8")
  }
  return text
}
