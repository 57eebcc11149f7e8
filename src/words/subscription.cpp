// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/subscription.h"

#include "words/catalogue.h"

namespace dienstbereit::words {
namespace {

std::string sender(const Voice& voice) {
  return say(voice.district().administration.name, voice.language()).text;
}

}  // namespace

MailText subscription_mail(const Voice& voice, const std::string& link) {
  const Language language = voice.language();
  return {text(language, "abo.ask.subject", {{"sender", sender(voice)}}),
          text(language, "abo.ask.text", {{"sender", sender(voice)}}) + "\n\n" + link + "\n\n" +
              text(language, "abo.ask.foot") + "\n"};
}

MailText statement_mail(const Voice& voice, const std::vector<view::PublicUpdate>& updates,
                        std::size_t left_out, const std::string& link) {
  const Language language = voice.language();
  MailText mail;
  mail.subject = title_of(voice, updates.back()).text;
  for (auto update = updates.rbegin(); update != updates.rend(); ++update) {
    mail.text += title_of(voice, *update).text + "\n" +
                 text(language, "abo.at", {{"time", time_of(voice, update->at)}}) + "\n\n" +
                 plain(body_of(voice, *update)) + "\n\n";
  }
  if (left_out > 0) mail.text += count(language, "abo.left_out", left_out) + "\n\n";
  const std::string& page = voice.district().administration.public_url;
  mail.text += "-- \n";
  if (!page.empty()) mail.text += text(language, "message.page", {{"page", page}}) + "\n";
  mail.text += text(language, "abo.end", {{"link", link}}) + "\n";
  return mail;
}

}  // namespace dienstbereit::words
