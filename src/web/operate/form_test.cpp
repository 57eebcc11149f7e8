// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/form.h"

#include <gtest/gtest.h>

namespace dienstbereit::web::operate {

TEST(Form, GivesItsFieldsDecoded) {
  const auto form = Form::parse("name=Anna+M%C3%BCller&role=press&role=lead&empty=&text=a%0D%0Ab");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("name"), "Anna Müller");
  EXPECT_EQ(form->values("role"), (std::vector<std::string>{"press", "lead"}));
  EXPECT_EQ(form->value("text"), "a\nb");
  EXPECT_TRUE(form->has("empty"));
  EXPECT_FALSE(form->has("missing"));
  EXPECT_EQ(form->value("missing"), "");
  EXPECT_EQ(Form::parse("")->size(), 0u);
}

TEST(Form, RefusesWhatIsBrokenOrTooMuch) {
  EXPECT_FALSE(Form::parse("a=%zz"));
  EXPECT_FALSE(Form::parse("a=%ff"));
  EXPECT_FALSE(Form::parse("a=%00"));
  EXPECT_FALSE(Form::parse(std::string(61, 'n') + "=1"));
  std::string many;
  for (std::size_t i = 0; i < kFormFieldsMax; ++i) many += "&a=1";
  EXPECT_TRUE(Form::parse(many));
  EXPECT_FALSE(Form::parse(many + "&a=1"));
}

TEST(Cookie, IsFoundByItsWholeName) {
  EXPECT_EQ(cookie_value("a=1; session=xyz; b=2", "session"), "xyz");
  EXPECT_EQ(cookie_value("mysession=1", "session"), "");
  EXPECT_EQ(cookie_value("session", "session"), "");
  EXPECT_EQ(cookie_value("", "session"), "");
}

TEST(Origin, OfAPostIsThisServerOrNotSaid) {
  EXPECT_TRUE(comes_from_us("https://amt.example", "same-origin", "amt.example"));
  EXPECT_TRUE(comes_from_us("http://127.0.0.1:8080", "", "127.0.0.1:8080"));
  EXPECT_TRUE(comes_from_us("", "", "amt.example"));
  EXPECT_FALSE(comes_from_us("https://evil.example", "", "amt.example"));
  EXPECT_FALSE(comes_from_us("null", "", "amt.example"));
  EXPECT_FALSE(comes_from_us("https://amt.example", "cross-site", "amt.example"));
  EXPECT_FALSE(comes_from_us("", "same-site", "amt.example"));
}

}  // namespace dienstbereit::web::operate
