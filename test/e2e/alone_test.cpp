// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <unistd.h>

#include "program.h"

// What Dienstbereit does when nothing else does.
namespace dienstbereit::e2e {
namespace {

// A network of loopback alone, no resolver, an empty environment. Root needs no user namespace.
Words cut_off_from_the_house() {
  constexpr const char* kAlone =
      "ip link set lo up && if [ -e /etc/resolv.conf ]; then"
      " mount --bind /dev/null /etc/resolv.conf; fi && exec env -i \"$@\"";
  Words words{"/usr/bin/unshare", "--net", "--mount"};
  if (::geteuid() != 0) words.emplace_back("--map-root-user");
  words.insert(words.end(), {"/bin/sh", "-c", kAlone, "sh"});
  return words;
}

}  // namespace

TEST(AloneStory, ItServesWithoutDirectoryResolverMailOrCertificateOfTheHouse) {
  // smallest.yaml probes port 8080 of its own machine: here that is its own page.
  const Server server("examples/smallest.yaml", cut_off_from_the_house(), "127.0.0.1:8080");
  EXPECT_EQ(server.get("/").status, 0) << "it is cut off from this side";
  EXPECT_TRUE(await([&] { return server.state_at("BUERGER", "HAUS") == "normal"; }))
      << server.place("BUERGER", "HAUS").dump(1);
  const HttpReply page = server.ask("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(visible_text(page.body).find("Bürgerbüro"), std::string::npos);
  EXPECT_EQ(server.ask("GET", "/en/").status, 200);
  EXPECT_EQ(server.command({"set", "ALL", "closed", "--text", "Stromausfall"}).code, 0);
  EXPECT_TRUE(await([&] { return server.state_at("BUERGER", "HAUS") == "closed"; }));
  EXPECT_EQ(server.command({"status"}).code, 3);
}

TEST(AloneStory, TheTemplateServesAtOnceAndEveryStateIsSetByHand) {
  const Server server("examples/vorlage");
  EXPECT_EQ(server.get("/").status, 200);
  EXPECT_TRUE(server.json("/api/v1/probes")["probes"].empty());
  for (const std::string said : {"closed", "limited", "normal"}) {
    ASSERT_EQ(server.command({"set", "A36@HAUS", said, "--text", "Von Hand."}).code, 0);
    EXPECT_TRUE(await([&] { return server.state_at("A36", "HAUS") == said; })) << said;
  }
  ASSERT_EQ(server.command({"set", "ALL", "closed", "--text", "Sturm", "--text-en", "Storm"}).code,
            0);
  EXPECT_TRUE(await([&] { return server.state_at("A51", "HAUS") == "closed"; }))
      << server.json("/api/v1/places").dump(1);
  EXPECT_NE(server.page("/").find("Sturm"), std::string::npos);
  EXPECT_NE(server.page("/en/").find("Storm"), std::string::npos);
}

}  // namespace dienstbereit::e2e
