// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "beside/beside_nginx.h"

#include <sched.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

namespace dienstbereit::bench {
namespace {

constexpr const char* kWrkCore = "0";

std::string configuration(const servers::TempFolder& folder, const std::string& types,
                          std::uint16_t port) {
  return fmt::format(
      "daemon off; pid {0}/nginx.pid; error_log {0}/error.log; worker_processes 1;\n"
      "worker_cpu_affinity 10; events {{ worker_connections 1024; }}\n"
      "http {{ access_log off; sendfile on; tcp_nopush on; gzip_static on; open_file_cache "
      "max=100;\n"
      "types {{ {1} }} default_type 'text/html; charset=utf-8'; keepalive_requests 1000000;\n"
      "client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f;\n"
      "uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;\n"
      "server {{ listen 127.0.0.1:{2}; root {0}; }} }}\n",
      folder.path().native(), types, port);
}

}  // namespace

void pin(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

void unpin() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  for (int core = 0; core < CPU_SETSIZE; ++core) CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

NginxFiles::NginxFiles(const servers::TempFolder& folder, const std::string& types)
    : port_(servers::free_port()),
      process_(folder, {"/usr/sbin/nginx", "-c",
                        folder.write("nginx.conf", configuration(folder, types, port_)).native()}) {
  process_.wait_for_port("127.0.0.1", port_);
}

NginxFiles::~NginxFiles() { process_.stop(SIGQUIT); }

std::string NginxFiles::address(const std::string& file) const {
  return fmt::format("http://127.0.0.1:{}/{}", port_, file);
}

double wrk(const std::string& address, const std::string& field) {
  std::vector<std::string> words{"taskset", "-c", kWrkCore, "wrk", "-t1", "-c64", "-d2s", address};
  if (!field.empty()) words.insert(words.end(), {"-H", field});
  const std::string out = servers::run_program(words);
  if (out.find("Socket errors") != std::string::npos || out.find("Non-2xx") != std::string::npos) {
    std::fprintf(stderr, "%s", out.c_str());
    std::exit(1);
  }
  const std::string key = "Requests/sec:";
  return std::stod(out.substr(out.find(key) + key.size()));
}

}  // namespace dienstbereit::bench
