// Package agent shortens user agents to the tool that called and its version.
package agent

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxShort is the largest length of a short form in bytes. Real ones are far shorter.
const maxShort = 64

// Short returns the tool and version of a user agent from CloudTrail: Boto3/1.34.0,
// S3Console/0.4, Terraform/1.9.5. A browser or a scanner is named by its own name and
// not by the Mozilla/5.0 that all of them start with. A text of any other form is kept,
// up to 64 bytes. The result is as hostile as the user agent.
func Short(userAgent string) string {
	s := strings.TrimSpace(userAgent)
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") { // S3 writes them in brackets
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	return clip(tool(s))
}

// tool returns the name of the tool that called.
func tool(s string) string {
	plain, comments := split(s)
	words := strings.Fields(plain)
	products := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !isProduct(w) })
	switch {
	case len(products) == 0:
		return strings.Join(words, " ")
	case strings.HasPrefix(products[0], "Mozilla/"):
		return browser(products, comments)
	}
	// Terraform and similar tools call through an SDK, which may be named first.
	for _, p := range products {
		name, _, _ := strings.Cut(p, "/")
		if slices.Contains(drivers, name) {
			return p
		}
	}
	// A console's name can contain spaces, and a comma ends it.
	if name, _, ok := strings.Cut(plain, ","); ok {
		if fields := strings.Fields(name); len(fields) > 0 && !slices.ContainsFunc(fields[1:], isProduct) {
			return strings.Join(fields, " ")
		}
	}
	// APN/1.0 names the partner whose product follows.
	if strings.HasPrefix(products[0], "APN/") {
		return products[min(2, len(products)-1)]
	}
	return products[0]
}

// drivers are tools that call through an SDK.
var drivers = []string{"Terraform", "OpenTofu", "Pulumi"}

// isProduct says whether a word has the form NAME/VERSION.
// https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5
func isProduct(word string) bool {
	name, version, ok := strings.Cut(word, "/")
	return ok && name != "" && version != ""
}

// browsers are the names that browsers use, the most specific first: most of them also
// claim to be others.
var browsers = []string{"Edg", "OPR", "HeadlessChrome", "Firefox", "Chrome", "Safari"}

func browser(products, comments []string) string {
	for _, name := range browsers {
		for _, p := range products {
			if strings.HasPrefix(p, name+"/") {
				return p
			}
		}
	}
	// A crawler looks like this: Mozilla/5.0 (compatible; NAME/1.0; +https://…)
	for _, c := range comments {
		parts := strings.Split(c, ";")
		if strings.TrimSpace(parts[0]) == "compatible" && len(parts) > 1 {
			return strings.TrimSpace(parts[1])
		}
	}
	return products[0]
}

// split separates the comments, which are in parentheses, from the rest of a user
// agent.
func split(s string) (plain string, comments []string) {
	var b strings.Builder
	depth, begin := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '(':
			if depth == 0 {
				begin = i + 1
			}
			depth++
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				comments = append(comments, s[begin:i])
			}
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String(), comments
}

// clip shortens a text, but not within a character.
func clip(s string) string {
	if len(s) <= maxShort {
		return s
	}
	n := maxShort
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
