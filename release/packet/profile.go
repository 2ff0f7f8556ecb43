package packet

const hotfixName = "hotfix"
