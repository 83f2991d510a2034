// Package message reads the text of an access denied error of Amazon S3 and
// finds its cause.
//
//	User: P is not authorized to perform: A on resource: "R" because no session policy allows the A action
//
// The left part is read from the left, the reason from the right, and the
// resource is what lies between them: an attacker can put any words into an
// object's key, but none after it. A text that is not known stays
// [event.Unrecognized]. Nothing is guessed.
//
// The files, each using only those before it:
//
//  1. text.go reads words, whatever white space is between them.
//  2. policy.go names the kinds of policies, reason.go reads a reason, and tail.go
//     tells what may follow it.
//  3. denial.go cuts off the left part, and target.go finds the resource and the
//     reason in the rest.
//  4. message.go puts these together.
//  5. fixed.go knows the texts that are the same for every request, and wrap.go
//     finds a message in what a program printed around it.
//  6. parse.go reads any text, and string.go writes one.
//
// authorization.go reads an id that can follow the reason, and uses none of these.
//
// The forms are those of
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
// and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
package message

import (
	"strings"

	"trail403/ingest/event"
)

// Parse reads an error text: a message as AWS writes it, or as the AWS CLI or
// an SDK prints it. It always returns a cause, and does not allocate.
func Parse(text string) Message {
	return parse(unquote(trim(text)))
}

func parse(text string) Message {
	d, denied := cutDenial(text)
	if denied && !d.prefixed {
		return d.message(len(text), false)
	}
	if m, ok := parseFixed(text, false); ok {
		return m
	}
	inner, xml := unwrapXML(text)
	if xml {
		if m, ok := parseFixed(inner, true); ok {
			return m
		}
		d, denied = cutDenial(inner)
	}
	if !denied || d.prefixed {
		if m, ok := parseWrapped(inner); ok {
			return m
		}
	}
	switch {
	case denied:
		return d.message(len(inner), xml)
	case len(inner) >= limit && strings.HasSuffix(inner, "..."):
		return Message{Cause: event.Truncated}
	}
	return Message{Cause: event.Unrecognized}
}
