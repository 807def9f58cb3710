// Functions have the header's names.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CambiumExport
internal import CCambium

/// The version of the library.
@c @implementation
public func cambium_version() -> UnsafeMutablePointer<CChar>? { CallerMemory.text(Release.version) }

/// Gives back memory that a function returned.
@c @implementation
public func cambium_free(_ memory: UnsafeMutableRawPointer?) { CallerMemory.free(memory) }

/// Makes a wish for an end.
@c @implementation
public func cambium_stop_create() -> OpaquePointer? { Handle.retained(StopHandle()) }

/// Utters it.
@c @implementation
public func cambium_stop_request(_ stop: OpaquePointer?) {
  if let stop { (Handle.object(stop) as StopHandle).request() }
}

/// Frees it.
@c @implementation
public func cambium_stop_free(_ stop: OpaquePointer?) { stop.map(Handle.release) }
