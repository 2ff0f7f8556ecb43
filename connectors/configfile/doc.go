// Package configfile reads the config of a fleet from a file in which no secret
// stands: each is a reference to where it is.
//
//	{
//	  "lock": "connectors.lock.json",
//	  "queryTimeout": "PT30S",
//	  "connectors": [
//	    {
//	      "name": "jira",
//	      "command": ["tidegate-connector-jira"],
//	      "settings": {"baseURL": "https://acme.atlassian.net", "email": "release@acme.example"},
//	      "secrets": {"token": "env:JIRA_TOKEN"},
//	      "rateLimits": [{"name": "search", "perSecond": 2, "burst": 5}]
//	    }
//	  ]
//	}
//
// The fields are those of [connectors.Config] and [connectors.Launch], whose
// comments tell what they do; lengths of time are written as in ISO 8601. What
// Go code alone can give, such as a logger, the caller adds.
//
// # References
//
// "env:NAME" is the content of the host's environment variable, which no
// connector sees; "file:PATH" that of a file without one line end at its end. A
// relative path, also that of the lock and of a program, begins at the config
// file's directory. An empty secret is a fault, and so is a reference that is
// none: it is not repeated, for it may be a secret that stands in the wrong place.
//
// # Modes
//
// On Unix, a file with a secret may neither be read nor written by others, nor
// be written by its group. Config and lock may not be written by others: they
// say which programs run. Who owns the files is not looked at: in containers
// that is often somebody else.
package configfile
