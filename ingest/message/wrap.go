package message

import (
	"strings"

	"trail403/ingest/event"
)

// Programs print a message with words of their own around it:
//
//	fatal error: An error occurred (AccessDenied) when calling the GetObject operation: MESSAGE
//	operation error S3: GetObject, https response error StatusCode: 403, …, api error AccessDenied: MESSAGE
//	com.amazonaws.services.s3.model.AmazonS3Exception: MESSAGE (Service: Amazon S3; …)
//	<Error><Code>AccessDenied</Code><Message>MESSAGE</Message>…
//
// What follows a message is read in tail.go.

// These keep the time linear in the length of any text. A key of 1,024 bytes that
// is printed twice cannot hold as many starts as maxStarts. Terraform writes
// fewer lines than maxLines.
const (
	maxStarts = 512
	maxLines  = 8
)

// parseWrapped reads a message that a program printed, false if there is none.
//
// The last start of a message wins: a key or file name can be printed before
// the message too, and must not pass for it. If no reason follows the last one,
// it may be in a key itself, and the one before it is tried, up to the same
// reason. So a key can replace the principal and the action here, but never a
// reason that follows.
func parseWrapped(text string) (Message, bool) {
	best := Message{}
	at := 0 // where the best message starts, if it is not recognized
	tried := 0
	for i := len(text) - 1; i >= 0 && tried < maxStarts; i-- {
		if text[i] != ':' || !startsAfter(text, i) {
			continue
		}
		after := trim(text[i+1:])
		tried++
		if m, ok := parseFixed(after, true); ok && best.Cause == "" {
			return m, true
		}
		d, ok := cutDenial(after)
		if !ok || d.prefixed {
			continue
		}
		m := d.message(len(after), true)
		told := howFar(m.Cause)
		switch {
		case told == allTold:
			return m, true
		case told > howFar(best.Cause):
			best, at = m, i+1
		}
	}
	if best.Cause == event.Unrecognized {
		best = parseLines(trim(text[at:]), best)
	}
	return best, best.Cause != ""
}

// How far a message tells the reason.
const (
	noMessage = iota
	littleTold
	halfTold
	allTold
)

func howFar(c event.Cause) int {
	switch c {
	case "":
		return noMessage
	case event.Unrecognized, event.AccessGrants: // which the principal tells here, no reason
		return littleTold
	case event.Truncated, event.NotTold:
		return halfTold
	}
	return allTold
}

// startsAfter tells whether a message may start after the colon at text[i].
func startsAfter(text string, i int) bool {
	before, after := text[:i], text[i+1:]
	if after != "" && !isSpace(after[0]) || !introduces(before) {
		return false
	}
	return trimLeft(after) != "" || strings.HasSuffix(before, "operation") // only the CLI prints an empty message
}

// parseLines reads a message that other lines follow, which may hold quotes
// (Terraform names the resource in its files). It returns m if no fewer lines
// can be read either, or if there is a reason in what it would leave out.
func parseLines(text string, m Message) Message {
	end := len(text)
	for range maxLines {
		i := strings.LastIndexByte(text[:end], '\n')
		if i < 0 || lastReason(text[i:]) >= 0 || startsAgain(text[i:]) {
			break
		}
		end = i
		lines := trimRight(text[:i])
		if d, ok := cutDenial(lines); ok {
			if n := d.message(len(lines), true); n.Cause != event.Unrecognized && n.Cause != event.Truncated {
				return n
			}
		}
	}
	return m
}

// unwrapXML returns the message of an S3 error body, which must be where text
// starts or ends: elsewhere a key may imitate one. Quotes in it may be escaped,
// and stay so.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func unwrapXML(text string) (string, bool) {
	if !strings.HasPrefix(text, "<") && !strings.HasSuffix(text, "</Error>") {
		return text, false
	}
	_, inner, ok := strings.Cut(text, "<Message>")
	if !ok {
		return text, false
	}
	if i := strings.LastIndex(inner, "</Message>"); i >= 0 {
		inner = inner[:i]
	}
	return trim(inner), true
}

// introduces tells whether a message may follow the text before a colon: the
// CLI's "operation", or an error code or class.
func introduces(before string) bool {
	if strings.HasSuffix(before, ")") {
		// "operation (reached max retries: 4):"
		before = before[:max(0, strings.LastIndexAny(before, spaces))]
		var ok bool
		if before, ok = strings.CutSuffix(before, " (reached max retries:"); !ok {
			return false
		}
	}
	word := before[strings.LastIndexAny(before, spaces+":.")+1:]
	switch word {
	case "operation", "AccessDenied", "Forbidden", "403", "error":
		return true
	}
	return strings.HasSuffix(word, "Exception") || strings.HasSuffix(word, "Error")
}

// unquote removes a pair of quotes around the text.
func unquote(s string) string {
	if n := len(s); n >= 2 && s[0] == s[n-1] && strings.IndexByte("\"'`", s[0]) >= 0 {
		return trim(s[1 : n-1])
	}
	return s
}
