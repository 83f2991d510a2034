package cli

// commands returns all commands. Those for help, the manual and completions describe
// the others, and themselves.
func commands() commandList {
	list := make(commandList, 16)
	copy(list, commandList{
		{"report", "analyze CloudTrail logs and write a report", runReport, reportPage},
		{"events", "list the denials themselves, one a line", runEvents, eventsPage},
		{"explain", "explain access denied messages and records", runExplain, explainPage},
		{"why", "answer why somebody is denied access", runWhy, whyPage},
		{"compare", "compare two JSON reports", runCompare, comparePage},
		{"check", "say what a proposed policy would have refused or allowed", runCheck, checkPage},
		{"collect", "add what is new in CloudTrail logs to a store", runCollect, collectPage},
		{"store", "check a store, compact it, remove old events, export records", runStore, storePage},
		{"redact", "print a CloudTrail file with other names, to show it to others", runRedact, redactPage},
		{"demo", "write the report on an invented archive, which needs no data", runDemo, demoPage},
		{"mcp", "serve tools to an assistant (Model Context Protocol)", runMCP, mcpPage},
		{"engine", "print how to make a table for --engine", runEngine, enginePage},
		{"completion", "print the completions for a shell", runCompletion, completionPage},
		{"man", "print the manual page", list.runMan, manPage},
		{"version", "print the version", runVersion, versionPage},
		{"help", "describe a command", list.runHelp, list.helpPage},
	})
	return list
}
