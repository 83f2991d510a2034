package advice

// thingEntries replace the entries for the bucket policy where the request names
// something else.
var thingEntries = map[bool]entry{
	true: {
		reason:  "a Deny statement in {bucket policy}",
		meaning: "A Deny statement in the policy of {thing} blocks this request and overrides any Allow{or behind}. It may be an intentional guardrail.",
		steps: []step{
			{text: "Read the policy, and find the Deny statement that matches this request: {READ_POLICY}", part: finds},
			{text: "Read its Condition. The fix may be to make the request the way that the Condition requires.", part: asks},
			{text: "If the statement should not apply to {it}, ask the owner of {thing} to narrow it."},
			{text: delegated, when: hasBehind},
		},
	},
	false: {
		reason:  "no statement in {bucket policy} allows {action} for {who}",
		meaning: "No Deny statement blocks this request. An Allow is missing in the policy of {thing}{or behind}, or in an identity policy. A caller from another account needs an Allow on both sides.",
		steps: []step{
			{text: "Read the policy: {READ_POLICY}", part: finds},
			{text: "If {it} should have access, allow {action} on {resource} for exactly this principal in the policy of {thing}."},
			{text: delegated, when: hasBehind},
			{text: "Check the identity policies of {it} in {account} too.", when: perhapsOtherAccount},
		},
	},
}

const delegated = "Check that the policy of the bucket behind it lets the access point decide (s3:DataAccessPointAccount), or allows the same request. Both policies count."
