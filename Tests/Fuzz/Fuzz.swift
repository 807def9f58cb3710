import CambiumCore
import FileMutation

// What `make fuzz` runs: libFuzzer calls these by name. No file is called main.swift, since its own main is used.

/// Reads a file that libFuzzer made; whatever it holds, nothing may crash, hang or take much memory.
@_cdecl("LLVMFuzzerTestOneInput")
public func probe(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let file = Array(UnsafeBufferPointer(start: data, count: size))
  do {
    // A file that is none of ours is not worth keeping in the corpus, but one that is refused late is.
    _ = try Seeds.shared.probe.probe(file)
  } catch {
    fatalError("an error that is no InputError: \(error)")
  }
  return 0
}

/// Changes values as often as bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ most: Int, _ seed: UInt32) -> Int {
  guard seed % 4 > 0 else { return mutateBytes(data, size, most) }
  let files = Seeds.shared.files
  let file = Array(UnsafeBufferPointer(start: data, count: size))
  let mutated = FileMutation(RandomStream(seed: UInt64(seed)))
    .mutated(file, mixing: files[Int(seed / 4) % files.count]).prefix(most)
  UnsafeMutableBufferPointer(start: data, count: most).update(fromContentsOf: mutated)
  return mutated.count
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ most: Int) -> Int
