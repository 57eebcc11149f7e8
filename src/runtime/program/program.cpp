// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/program/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/text.h"
#include "runtime/gate.h"

namespace dienstbereit::runtime {
namespace {

constexpr std::size_t kChunk = 32u << 10;   // bytes read at once
constexpr std::size_t kShownErrors = 400;   // bytes of standard error
constexpr int kSignalled = 128;
constexpr int kDies = 20;  // ms that a killed child usually needs by far not

// A descriptor that is closed with its owner.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept {
    reset(other.release());
    return *this;
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

struct Pipe {
  Fd read, write;
  bool make(int flags) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | flags) != 0) return false;
    read.reset(ends[0]);
    write.reset(ends[1]);
    return true;
  }
};

// Nobody waits for a reader of it: the program reads when it likes.
Fd in_memory(const std::string& text) {
  Fd file(::memfd_create("input", MFD_CLOEXEC));
  if (file.get() < 0 || ::fchmod(file.get(), S_IRUSR | S_IWUSR) != 0) return Fd();
  std::size_t done = 0;
  while (done < text.size()) {
    const auto wrote = ::write(file.get(), text.data() + done, text.size() - done);
    if (wrote <= 0) return Fd();
    done += static_cast<std::size_t>(wrote);
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

// Children that were killed and are not gone: some sleep in the kernel until a disk answers, and
// nobody may wait for that. They are looked after whenever another is left.
class Orphans {
 public:
  void add(pid_t pid) {
    const std::lock_guard lock(mutex_);
    std::erase_if(pids_, [](pid_t one) { return ::waitpid(one, nullptr, WNOHANG) != 0; });
    if (::waitpid(pid, nullptr, WNOHANG) == 0) pids_.push_back(pid);
  }

 private:
  std::mutex mutex_;
  std::vector<pid_t> pids_;
};

Orphans& orphans() {
  static Orphans all;
  return all;
}

// Not pidfd_open(): its header in glibc 2.36 is none for C++.
Fd open_pidfd(pid_t pid) { return Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))); }

// A child with a process group of its own, which ends with the object.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() {
    if (pid_ < 0) return;
    kill_group();
    const Fd gone = open_pidfd(pid_);
    pollfd wait{gone.get(), POLLIN, 0};
    if (gone.get() >= 0) ::poll(&wait, 1, kDies);
    orphans().add(pid_);
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&&) = delete;

  pid_t pid() const { return pid_; }
  // The status of one that has ended. Kills what it leaves behind.
  int reap() {
    kill_group();
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
  }

 private:
  void kill_group() const { ::kill(-pid_, SIGKILL); }

  pid_t pid_;
};

// How the child begins: its three streams, a group of its own, no signals blocked.
class Start {
 public:
  Start(int input, int output, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);  // sockets of ours
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  Result<Child> run(const std::vector<std::string>& arguments) const {
    std::vector<char*> argv;
    for (const std::string& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    std::string file = found(arguments[0]);
    char path[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    char locale[] = "LC_ALL=C.UTF-8";
    char* environment[] = {path, locale, nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, file.c_str(), &actions_, &attributes_, argv.data(), environment);
    if (error == 0) return Child(pid);
    return fail(error == ENOENT ? Errc::NotFound : Errc::Io,
                fmt::format("cannot run '{}': {}; is its package installed?", arguments[0],
                            std::strerror(error)));
  }

 private:
  // A service's own path may lack the folders for administrators.
  static std::string found(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    for (const char* folder :
         {"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"}) {
      if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
    }
    return name;
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// What has been said so far; the pipe does not block.
std::string errors_in(int fd) {
  std::array<char, 4096> buffer;
  const auto got = ::read(fd, buffer.data(), buffer.size());
  if (got <= 0) return {};
  std::string text(trim(std::string_view(buffer.data(), static_cast<std::size_t>(got))));
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return clean(text, kShownErrors);
}

Error out_of_time(const Program& program) {
  return Error(Errc::TimedOut, fmt::format("'{}' did not end in time", program.arguments[0]));
}

struct Running {
  Child child;
  Fd output;  // to read
  Fd errors;  // to read, does not block
};

Result<Running> begin(const Program& program) {
  Pipe output, errors;
  Fd input = in_memory(program.input);
  // A program that floods its standard error loses what nobody reads; it is not stopped by it.
  if (input.get() < 0 || !output.make(0) || !errors.make(O_NONBLOCK)) {
    return fail(Errc::Io, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  auto child = Start(input.get(), output.write.get(), errors.write.get()).run(program.arguments);
  if (!child) return tl::unexpected(child.error());
  return Running{std::move(*child), std::move(output.read), std::move(errors.read)};
}

}  // namespace

Async<Result<ProgramEnd>> run_program(Program program, TakeOutput take) {
  auto running = begin(program);
  if (!running) co_return tl::unexpected(running.error());
  auto executor = co_await asio::this_coro::executor;
  asio::posix::stream_descriptor output(executor, running->output.release());
  std::vector<char> chunk(kChunk);
  ErrorCode ec;
  while (!ec) {
    const std::size_t size = co_await output.async_read_some(asio::buffer(chunk), into(ec));
    if (ec == asio::error::operation_aborted) co_return tl::unexpected(out_of_time(program));
    if (size > 0 && !take(std::string_view(chunk.data(), size))) {
      co_return fail(Errc::LimitExceeded,
                     fmt::format("'{}' prints more than is taken", program.arguments[0]));
    }
  }
  Fd pidfd = open_pidfd(running->child.pid());
  if (pidfd.get() < 0) {
    co_return fail(Errc::Io, fmt::format("cannot wait for '{}': {}", program.arguments[0],
                                         std::strerror(errno)));
  }
  asio::posix::stream_descriptor ended(executor, pidfd.release());
  ErrorCode waited;
  co_await ended.async_wait(asio::posix::stream_descriptor::wait_read, into(waited));
  if (waited) co_return tl::unexpected(out_of_time(program));
  ProgramEnd end;
  end.status = running->child.reap();
  end.errors = errors_in(running->errors.get());
  co_return end;
}

namespace {

Async<void> keep(Program program, TakeOutput take, std::optional<Result<ProgramEnd>>& kept) {
  auto end = co_await run_program(std::move(program), std::move(take));
  kept.emplace(std::move(end));
}

}  // namespace

Result<ProgramEnd> run_program_now(Program program, TakeOutput take, Duration limit) {
  asio::io_context context;
  Gate gate(context);
  std::optional<Result<ProgramEnd>> kept;
  Error late = out_of_time(program);
  gate.spawn("program", keep(std::move(program), std::move(take), kept), limit);
  while (gate.size() > 0 && context.run_one() > 0) {
  }
  bool empty = false;
  gate.close([&empty] { empty = true; });
  while (!empty && context.run_one() > 0) {
  }
  if (kept) return std::move(*kept);
  return tl::unexpected(std::move(late));
}

TakeOutput into_text(std::string& text, std::size_t limit) {
  return [&text, limit](std::string_view piece) {
    if (text.size() + piece.size() > limit) return false;
    text.append(piece);
    return true;
  };
}

}  // namespace dienstbereit::runtime
