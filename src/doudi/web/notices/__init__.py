"""Public notices (公示), objections to them, appeals and complaints (公示、异议、申诉、举报).

selectors.public     what everybody may see, without log-in, within the period
services.objecting   an objection from that page, named or not
services.appealing   an appeal against a decision, a complaint
effects              what follows from steps: notices posted, stopped, resumed, ended
"""
