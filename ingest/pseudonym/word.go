package pseudonym

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An alphabet is a set of characters in which one is replaced by another.
type alphabet int

const (
	letters alphabet = 26
	digits  alphabet = 10
	hex     alphabet = 16
	block   alphabet = 64 // the characters of Unicode that differ in their last byte only
)

// A symbol is a character of a word: its place in its alphabet, and how to write others.
type symbol struct {
	of    alphabet
	place int
	write func(place int) string
}

const hexDigits = "0123456789abcdef"

// symbolAt returns the character at the start of s and how many bytes it takes, or none if
// that is no part of a word. A letter may be percent-encoded.
func symbolAt(s string, of alphabet) (symbol, int) {
	c, escaped := s[0], false
	if c == '%' && len(s) > 2 {
		if v, err := strconv.ParseUint(s[1:3], 16, 8); err == nil {
			c, escaped = byte(v), true
		}
	}
	size := 1
	write := func(c byte) string { return string([]byte{c}) }
	if escaped {
		size = 3
		write = func(c byte) string { return "%" + strings.ToUpper(strconv.FormatUint(uint64(c), 16)) }
	}
	byteSymbol := func(of alphabet, base byte) (symbol, int) {
		return symbol{of, int(c - base), func(place int) string { return write(base + byte(place)) }}, size
	}
	switch lower := c | 0x20; {
	case of == hex && !escaped && strings.IndexByte(hexDigits, lower) >= 0:
		return hexSymbol(c), 1
	case c >= 'a' && c <= 'z':
		return byteSymbol(letters, 'a')
	case c >= 'A' && c <= 'Z':
		return byteSymbol(letters, 'A')
	case c >= '0' && c <= '9':
		return byteSymbol(digits, '0')
	case escaped && c >= 0x80 && c < 0xc0:
		return byteSymbol(block, 0x80)
	case escaped && c >= 0xc0:
		return symbol{1, 0, func(int) string { return s[:3] }}, 3 // the lead byte of a character
	case !escaped && c >= utf8.RuneSelf:
		return runeSymbol(s)
	}
	return symbol{}, 0
}

func hexSymbol(c byte) symbol {
	return symbol{hex, strings.IndexByte(hexDigits, c|0x20), func(place int) string {
		if c >= 'A' && c <= 'F' {
			return strings.ToUpper(hexDigits[place : place+1])
		}
		return hexDigits[place : place+1]
	}}
}

// runeSymbol is a character beyond ASCII. Bytes that are none are replaced, too.
func runeSymbol(s string) (symbol, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return symbol{1, 0, func(int) string { return "?" }}, 1
	}
	if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
		return symbol{}, 0
	}
	base := r &^ 63
	return symbol{block, int(r & 63), func(place int) string { return string(base + rune(place)) }}, size
}

// symbols returns the characters of the word at the start of s, and how many bytes it takes.
func symbols(s string, of alphabet) (word []symbol, size int) {
	for size < len(s) {
		c, n := symbolAt(s[size:], of)
		if n == 0 {
			break
		}
		word = append(word, c)
		size += n
	}
	return word, size
}

// shift returns by how much a character is shifted after the ones before it.
func (n *Names) shift(domain string, before []byte, size int) int {
	mac := hmac.New(sha256.New, n.key)
	mac.Write([]byte(domain))
	mac.Write([]byte{0})
	mac.Write(before)
	return int(binary.BigEndian.Uint64(mac.Sum(nil)) % uint64(size))
}

// chain shifts each character by an amount that depends on the ones before it. So another
// word becomes another word, and words that begin alike do so afterward. A nonzero first
// shift changes every word.
func (n *Names) chain(domain string, word []symbol, places []int, nonzero bool) {
	var before []byte
	for i, c := range word {
		size := int(c.of)
		var by int
		if nonzero && size > 1 {
			by = 1 + n.shift(domain, before, size-1)
			nonzero = false
		} else {
			by = n.shift(domain, before, size)
		}
		before = append(before, byte(c.of), byte(places[i]))
		places[i] = (places[i] + by) % size
	}
}

// word replaces a word. Of one that is mixed, each character depends on all others, and
// words that begin alike do not do so afterward: of an id, nobody has a pattern.
func (n *Names) word(s string, of alphabet, mixed bool) string {
	kind := strconv.Itoa(int(of))
	if mixed {
		kind += "m"
	}
	return n.remember(kind, s, func() string {
		word, _ := symbols(s, of)
		places := make([]int, len(word))
		for i, c := range word {
			places[i] = c.place
		}
		n.chain("forward", word, places, true)
		if mixed {
			slices.Reverse(word)
			slices.Reverse(places)
			n.chain("backward", word, places, false)
			slices.Reverse(word)
			slices.Reverse(places)
		}
		var b strings.Builder
		for i, c := range word {
			b.WriteString(c.write(places[i]))
		}
		return b.String()
	})
}

// name replaces a word of which nothing is known. A long number is an account or an id.
func (n *Names) name(s string) string {
	return n.word(s, 0, len(s) >= 8 && strings.Trim(s, "0123456789") == "")
}

// plainWords replaces every word of a part of an ARN, whatever its form.
func (n *Names) plainWords(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		_, size := symbols(s[i:], 0)
		if size > 0 {
			out.WriteString(n.name(s[i : i+size]))
		} else {
			size = plain(s[i:])
			out.WriteString(s[i : i+size])
		}
		i += size
	}
	return out.String()
}

// plain returns how many bytes a character takes that is no part of a word. It may be
// percent-encoded.
func plain(s string) int {
	if s[0] == '%' && len(s) > 2 {
		if _, err := strconv.ParseUint(s[1:3], 16, 8); err == nil {
			return 3
		}
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}
