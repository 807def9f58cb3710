import CambiumCore
import Foundation
import Synchronization

/// A process of a team as a thread of this one: what threads send each other waits in boxes.
final class ThreadTeam: Team {
  /// Where messages wait, those from each thread to each other.
  final class Post: Sendable {
    private let boxes = Mutex<[[Int]: [[UInt8]]]>([:])
    private let arrival = NSCondition()
    private let sent = Atomic<Int>(0)

    /// How many bytes were sent.
    var byteCount: Int { sent.load(ordering: .relaxed) }

    func put(_ bytes: [UInt8], _ from: Int, _ to: Int) {
      arrival.lock()
      boxes.withLock { $0[[from, to], default: []].append(bytes) }
      sent.add(bytes.count, ordering: .relaxed)
      arrival.broadcast()
      arrival.unlock()
    }

    func take(_ from: Int, _ to: Int) -> [UInt8] {
      arrival.lock()
      defer { arrival.unlock() }
      while true {
        let first = boxes.withLock { boxes -> [UInt8]? in
          guard boxes[[from, to]]?.isEmpty == false else { return nil }
          return boxes[[from, to]]?.removeFirst()
        }
        if let first { return first }
        arrival.wait()
      }
    }
  }

  let rank: Int
  let count: Int
  private let post: Post

  private init(rank: Int, count: Int, post: Post) { (self.rank, self.count, self.post) = (rank, count, post) }

  func send(_ bytes: UnsafeRawBufferPointer, to rank: Int) { post.put(Array(bytes), self.rank, rank) }

  func receive(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int) {
    let received = post.take(rank, self.rank)
    precondition(
      received.count == bytes.count, "a message of another length: the processes went different ways")
    bytes.copyBytes(from: received)
  }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int) {
    guard self.rank == rank else { return receive(bytes, from: rank) }
    for other in 0..<count where other != rank { send(UnsafeRawBufferPointer(bytes), to: other) }
  }

  /// What each of so many processes comes to, which run at once, and how many bytes they sent each other.
  static func run<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (ThreadTeam) -> Value) -> (
    values: [Value], byteCount: Int
  ) {
    let post = Post()
    let results = Mutex<[Int: Value]>([:])
    let group = DispatchGroup()
    for rank in 0..<count {
      group.enter()
      let thread = Thread {
        let value = body(ThreadTeam(rank: rank, count: count, post: post))
        results.withLock { $0[rank] = value }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return (results.withLock { all in (0..<count).compactMap { all[$0] } }, post.byteCount)
  }
}
