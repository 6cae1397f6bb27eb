"""Everyday words, which are not taken for names."""

_CAPITALISED = """
I The This That These Those It Its And But So My We You They He She His Her Our Your Their How
What When Where Who Why Which While Not Just Really Very There Here Sir Madam Mr Mrs Ms Dr Miss
Prof Professor Yes Yeah No For Good Hi Hello Hey Thank Thanks If As In On To Is At Of By From With
Or An Well Now Then Okay Ok Right Sorry Please Sure Great Fine First Second Third Finally Also
Because Before After About Again Once Come Look Generally Strictly Broadly Honestly Frankly
Roughly Practically Financially Cold Stop Start Keep Someone Somebody Everyone Everybody Anyone
Anybody Nobody People Can Could Would Should Shall Do Does Did Have Has Had Are Was Were Be Been
Am Let Maybe Perhaps Speaking Calling Talking Morning Afternoon Evening Bye Goodbye Monday
Tuesday Wednesday Thursday Friday Saturday Sunday January February March July September October
November December English Sister Madame Chef Chief Principal Doctor Boss
"""
_EVERYDAY = """
a able about after again all alright also am an and any anybody april are as ask at august autumn
away back bank banks be because been before best better big bill bird black board book boss branch
bright brown business but by bye call called calling calls can care case cash cause chance chase
chef chief class closed coffee come company contribute cooper copy cost could courtney current
customer customers dawn day days dear did do doctor does don done down dr earth easy eight else
empty end english even ever every everyone example farmer field fields file final find fine five
flower for four frank free friend from gage get glad go gold golden gone good grace grant great
green grey group guys had happy harmony has have he head hello help her here hey hi him his hold
hope hoping house how i if important in interested interview is it its january job joy july june
just keen keep key kind king know lake last late law laws let life like little long lot love madam
madame made major make manager march mark mate maybe me meeting memo miles miss monday money
morning mouse mr mrs ms my name need new nice nine no noble not nothing november now number of off
office ok okay old on once one only open or our out over own page part people percent perfect
person phone pitch place play please pond power practice price prince principal question quick
quiet quite reaching reader ready real really recording remember report rich right ringing rivers
rose round said sales same saturday say saying see self service seven she short silver sir sister
six small smart so some somebody someone song sorry spring star start still stone store street
strong such summer sun sunday sure take talk team tell ten test than thank thanks that the their
them then there they thing think this three thursday time to today tomorrow too true try trying
tuesday two uh um up us version very voice wall want was water way ways we wednesday week weeks
well were what when where white who why will wise with word work working workshop worth would year
yes yet you young your
"""

CAPITALISED = frozenset(_CAPITALISED.split())
"""Words that have a capital for another reason. April, May, June and August are names too."""

EVERYDAY = frozenset(_EVERYDAY.split())
"""Words in lower case that mean themselves, even if somebody is called so."""
