const words = (text: string): readonly string[] => text.split(' ');

export const ADJECTIVES = words(
  'Absent Amber Ancient Bitter Blind Blue Borrowed Brittle Broken Burning Careless Clever Cold Copper Crimson Crooked Curious Distant Double Drowsy Early Electric Empty Faithful Final Forgotten Fourth Frozen Gentle Gilded Golden Green Hidden Hollow Honest Hungry Idle Invisible Iron Jealous Last Late Little Lonely Long Lost Lucky Lunar Midnight Modern Naked Narrow Northern Odd Open Painted Pale Paper Patient Perfect Polite Private Proud Quiet Reckless Red Restless Rolling Royal Rusty Sacred Second Secret Seventh Shallow Silent Silver Simple Sleeping Solemn Southern Stolen Strange Sudden Tender Third Tired Twisted Unlikely Velvet Violet Wandering White Wicked Wild Winter Wooden Yellow',
);
export const NOUNS = words(
  'Accountant Airfield Almanac Ambassador Apprentice Arcade Archer Astronomer Attic Avenue Baker Balloon Bargain Barometer Battalion Beekeeper Bicycle Blacksmith Boulevard Brigade Cabinet Camera Canal Candle Captain Carousel Cathedral Cellar Chapel Chauffeur Chimney Circus Clockmaker Coast Colony Compass Conductor Corridor Countess Courier Crossing Dancer Daughter Detective Diary Doctor Dragonfly Elevator Embassy Engine Envelope Equation Falcon Farewell Ferry Festival Fiddler Flood Forest Fortune Fountain Fox Gambler Garden Ghost Glacier Governor Grandmother Guest Harbor Harvest Heron Hotel Hour Hunter Inheritance Inspector Island Jacket Journey Judge Jungle Kingdom Kite Ladder Lagoon Lantern Letter Library Lighthouse Locksmith Machine Magpie Map Market Meadow Mechanic Melody Merchant Mirror Monsoon Moon Mountain Neighbor Notebook Nurse Oath Ocean Orchard Orchestra Outpost Parade Passenger Photograph Pianist Pilgrim Pilot Planet Postman Prairie Prophet Quarry Quartet Railway Raven Recipe Referee Regiment Reservoir Riddle River Robot Saddle Sailor Satellite Scarecrow Seamstress Shadow Shepherd Signal Sister Snowfall Soldier Staircase Station Storm Stranger Summer Surgeon Tailor Tango Teacher Telegram Tenant Theater Thief Tide Tower Traveler Treasure Tunnel Typewriter Uncle Valley Verdict Village Violin Voyage Waiter Watchman Weather Wedding Whale Widow Window Witness Wolf Workshop',
);
export const PLACES = words(
  'Alder Ashby Bellmoor Brackwater Caldera Corvale Dunmere Eastwick Elmhurst Fairhaven Fenwick Glasspool Graymoor Harrowgate Hollins Ilverton Juniper Karelund Kestrel Larkhill Lowmoor Marlow Merrow Northolt Oldcastle Orrin Pellworth Quillon Ravensby Redwater Saltmarsh Silverlake Stonebridge Tamarack Thornbury Umber Valmont Westerly Windermoor Yarrow',
);
export const NAMES = words(
  'Ada Albert Alma Anselm Beatrix Bernard Clara Cornelius Delia Edith Edmund Esther Felix Flora Frank George Greta Harriet Hector Ida Ivan Jasper Judith Kit Leopold Lucy Mabel Magnus Marta Ned Nora Oscar Otto Pearl Percy Quentin Rosa Rufus Sadie Silas Stella Theo Ursula Victor Wanda Winifred',
);
/** Pieces of invented foreign titles: openings and endings, all with letters beyond ASCII. */
export const FOREIGN_OPENINGS = [
  'El niño',
  'La última canción',
  'Le château',
  'L’été',
  'Der müde Bär',
  'Die schöne Brücke',
  'Å drømme',
  'Žena',
  'O coração',
  'Gözlerin',
  'Kärlekens väg',
  'Kyōto no yoru',
  'Dziewięć dni',
  'Nuit à Orléans',
  'Půlnoc',
] as const;
export const FOREIGN_ENDINGS = [
  'y el río',
  'sans fenêtre',
  'über den Dächern',
  'på Svalbard',
  'z łąki',
  'em São Tomé',
  've gökyüzü',
  'de Málaga',
  'à demain',
  'före midnatt',
] as const;
