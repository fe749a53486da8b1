-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `tblticketreplies`;
CREATE TABLE `tblticketreplies` (
  `id` int NOT NULL AUTO_INCREMENT,
  `tid` int NOT NULL,
  `userid` int NOT NULL,
  `name` text NOT NULL,
  `date` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `message` text NOT NULL,
  `admin` text NOT NULL,
  `rating` int NOT NULL,
  PRIMARY KEY (`id`),
  KEY `tid_date` (`tid`,`date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='a; (b)';
INSERT INTO `tblticketreplies` VALUES (1,12,0,'','2024-05-12 11:00:00','سلام\r\nعلی جان، سرور \'الف\' را دیدم; (درست شد)، \"تمام\"','سارا',0),(2,12,7,'Ali','2024-05-12 12:00:00','ممنون، it''s ok','',0),(3,12,0,'','2024-05-12 13:00:00',0xD8AED988D8A7D987D8B420D985DB8CE2808CDAA9D986D985,'سارا',5),(4,12,0,'','2024-05-12 14:00:00'),(5,13,0,'','2024-05-12 15:00:00',NULL,'سارا',0);
INSERT INTO `tblclients` VALUES (1,'x; INSERT INTO `tbltickets` VALUES (9)');
CREATE TABLE `tbltickets` (`id` int, `tid` varchar(128), `did` int, `userid` int, `date` datetime, `title` text, `message` text, `admin` text);
INSERT INTO `tbltickets` (`id`, `tid`, `did`, `userid`, `date`, `title`, `message`, `admin`) VALUES
(12,'AB-123',1,7,'2024-05-12 10:00:00','هاست','سایتم بالا نمی&zwnj;آید &quot;500&quot;','');
INSERT INTO tbltickets VALUES (13,'AB-124',1,8,'2024-05-12 10:00:00','دامنه','دامنه‌ام؟','');
