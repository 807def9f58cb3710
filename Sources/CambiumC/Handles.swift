internal import CambiumExport
internal import Synchronization

/// What a caller's pointer to a model stands for.
final class ModelHandle: Sendable {
  let model: Model
  /// The names of the columns that predictions are asked for, in order; the model may read fewer.
  let columns: [String]

  init(model: Model, columns: [String]) {
    self.model = model
    self.columns = columns
  }
}

/// What a caller's pointer to a wish for an end stands for.
final class StopHandle: Sendable {
  private let flag = Atomic<Bool>(false)

  var isRequested: Bool { flag.load(ordering: .relaxed) }

  func request() { flag.store(true, ordering: .relaxed) }
}

/// Pointers that callers keep in place of objects: an object lives until its pointer is released.
enum Handle {
  static func retained(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  static func object<Object: AnyObject>(_ pointer: OpaquePointer) -> Object {
    Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }

  static func release(_ pointer: OpaquePointer) {
    Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}
